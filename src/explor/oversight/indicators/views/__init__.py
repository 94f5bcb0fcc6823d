"""Pages of the public figures."""
