"""The page of an invitation, and the adapter of the sign-in library."""
