"""Sign-in by ProConnect, the French identity service for officials and companies; off by default."""
