"""Documents, their seals, and the page that verifies them."""
