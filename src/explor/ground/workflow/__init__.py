"""Workflows declared as tables of transitions, and the confirmation pages of their verbs."""
