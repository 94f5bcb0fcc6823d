"""Persons, sign-in, invitations."""
