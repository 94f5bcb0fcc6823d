"""Pages of projects, for associations and networks."""
