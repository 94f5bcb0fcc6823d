"""The eligibility rules of a call: set by its network, evaluated on each need."""
