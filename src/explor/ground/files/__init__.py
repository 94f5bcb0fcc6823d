"""Stored documents, the codes printed on them (seals), and the public page that verifies a code."""
