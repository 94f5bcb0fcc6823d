"""Pages of releases, in one module shared by the four roles."""
