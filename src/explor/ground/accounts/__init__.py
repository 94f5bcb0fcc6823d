"""Accounts: persons, sign-in, invitations, personal links and administrators."""
