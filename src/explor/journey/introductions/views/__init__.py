"""Pages of introductions, by hat."""
