"""Reads of the administration. `checks` is read before Django is set up: import nothing here."""
