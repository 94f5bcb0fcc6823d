"""Home and to-do list of each role."""
