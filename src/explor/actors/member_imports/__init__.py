"""Import of a network's own files of associations, employers and experts."""
