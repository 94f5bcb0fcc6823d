"""Roles: what a person may do, and for which organisation or network. The URL contains the role."""
