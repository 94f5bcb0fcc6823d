"""Django's PostgreSQL backend, which notices within 1.5 seconds that a server is gone or frozen."""
