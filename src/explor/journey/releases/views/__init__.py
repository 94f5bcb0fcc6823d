"""Pages of releases: `shared` by the four roles, `papers`, `signing`, `templates` of a network."""
