"""The rules of eligibility of a call: set by its network, evaluated on a need in one place."""
