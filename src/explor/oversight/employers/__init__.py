"""What an employer reads of its people's missions: in brief, calendar, impact, valued gifts."""
