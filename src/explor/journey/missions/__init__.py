"""The mission: preparation, clearance, departure, return, and its other outcomes."""
