"""Pure engines: no Django, no database, and they do not know each other."""
