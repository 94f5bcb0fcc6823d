"""Queries of the administration.

Import nothing here: `checks` is imported before Django is set up."""
