"""Projects and the content of their sheets."""
