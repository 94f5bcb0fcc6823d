"""The leave schemes that the law opens to a person who goes on a mission."""
