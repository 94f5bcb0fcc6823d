"""Pages for employers on their staff's missions: summary, calendar, impact, value of gifts."""
