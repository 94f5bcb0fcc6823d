"""Committee, conflicts, scores, decision, announcement."""
