"""The open API: read only, without a key."""
