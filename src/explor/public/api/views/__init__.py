"""Views of the open API."""
