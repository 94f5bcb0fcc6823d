"""Stored documents: space, antivirus, printed codes (seals), and the page that checks a code."""
