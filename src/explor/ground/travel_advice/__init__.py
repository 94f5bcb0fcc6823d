"""Dated readings of travel advice on places."""
