"""The page that accepts an invitation, the pages of sessions, and the adapters of allauth."""
