"""Workflows as tables, and the pages that take their verbs."""
