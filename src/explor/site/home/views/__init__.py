"""Home pages and static pages."""
