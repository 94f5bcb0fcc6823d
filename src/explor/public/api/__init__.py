"""The public read-only HTTP API, without a key."""
