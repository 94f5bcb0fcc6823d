"""The employer's formal release of an expert: its leave scheme, its agreement."""
