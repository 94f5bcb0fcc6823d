"""Files, their seals, and the proof that a document is ours."""
