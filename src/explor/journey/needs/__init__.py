"""A need: its terms of reference, written by its association and submitted to its network."""
