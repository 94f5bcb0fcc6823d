"""Pages of the eligibility rules of a call."""
