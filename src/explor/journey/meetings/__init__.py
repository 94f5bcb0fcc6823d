"""Meetings of a committee: attendance, votes, minutes and their signature."""
