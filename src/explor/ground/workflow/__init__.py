"""Workflows declared as tables of transitions, and the pages that run their verbs."""
