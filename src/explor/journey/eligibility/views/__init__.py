"""Pages of the rules of a call."""
