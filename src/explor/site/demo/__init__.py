"""Invented data for demonstrations, called the season: about a year of the programme.

The same seed always gives the same data, with dates relative to today."""
