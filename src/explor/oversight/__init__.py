"""Figures for the people in charge of the programme: indicators and equality of chances."""
