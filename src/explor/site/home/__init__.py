"""The home of each role, the public home and the fixed pages."""
