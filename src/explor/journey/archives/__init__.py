"""Disposal lists: old papers of public bodies, erased only with the approval of the archives."""
