"""Pages for employers on their staff's missions: summary, calendar, impact, value of gifts.

Associations and networks also have the table of the gifts made to them.
"""
