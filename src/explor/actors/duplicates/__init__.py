"""Organisations recorded twice: found, compared, merged into one."""
