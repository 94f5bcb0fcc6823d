"""Sign-in by ProConnect, the identity service of French agents and firms; off by default."""
