"""The open API and the open data."""
