"""The home page of each role, the public home page and the static pages."""
