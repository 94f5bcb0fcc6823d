"""Pages of a network about itself."""
