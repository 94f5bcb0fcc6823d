"""Nominations: an employer names a person for a need, and the person accepts or declines."""
