"""Stored documents, the codes printed on them (seals), and the public page that checks a code."""
