"""Pages of the rules of lending."""
