"""Views of the administration pages."""
