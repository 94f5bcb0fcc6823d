"""Figures for those who run the programme: public indicators, and equality of chances."""
