"""Pure engines: they use neither Django nor the database, and do not import each other."""
