"""Reference lists: countries, départements, sectors, languages, skills."""
