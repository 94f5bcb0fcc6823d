"""Figures on the programme: public indicators, equality of chances, pages of employers."""
