"""Import by a network of what began before Explor: missions under way and lines of budget."""
