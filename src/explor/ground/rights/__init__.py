"""The rights of a person over their own data: the copy of all of it, and its erasure."""
