"""Two hundred associations file in the last minutes of a call."""
