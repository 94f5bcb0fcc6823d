"""Admissibility of a need: an officer checks rules, questions and documents, then decides."""
