"""The rights of a person over their own data: get a copy of them, and have them erased."""
