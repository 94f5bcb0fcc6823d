"""Consolidated figures."""
