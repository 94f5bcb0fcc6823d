"""Pages of missions, in one module shared by the four roles."""
