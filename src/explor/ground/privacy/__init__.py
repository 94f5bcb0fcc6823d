"""Personal data: how long each kind is kept, its export and its erasure at the person's request."""
