"""Project sheets, search."""
