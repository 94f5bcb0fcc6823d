"""Import of files in which a network lists its members: associations, employers or experts."""
