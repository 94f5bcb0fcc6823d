"""Pages of invitations and sessions, the session middleware, and the adapters of allauth."""
