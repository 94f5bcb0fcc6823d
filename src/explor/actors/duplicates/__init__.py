"""Duplicate records of an organisation: detect, compare and merge them."""
