"""The employer's formal release, leave scheme, agreement."""
