"""Emergency contacts: the person to call if something happens to an expert on a mission."""
