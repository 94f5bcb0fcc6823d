"""Sign-in by ProConnect, the French identity service for professionals; off by default."""
