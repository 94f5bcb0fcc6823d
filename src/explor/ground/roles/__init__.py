"""Roles: what a person may do, and where; the URL names the role, nothing else does."""
