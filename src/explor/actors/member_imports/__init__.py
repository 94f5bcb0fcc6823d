"""Import by a network of files of its members: associations, employers or experts."""
