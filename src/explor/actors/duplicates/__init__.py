"""Duplicate records of an organisation: listed, compared, merged into one."""
