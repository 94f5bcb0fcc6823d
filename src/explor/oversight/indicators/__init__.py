"""Public figures on missions, needs and project sheets, by year and network."""
