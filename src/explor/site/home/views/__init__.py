"""Pages of the homes."""
