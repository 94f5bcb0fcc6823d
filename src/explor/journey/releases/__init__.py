"""The employer's formal release, leave frame, agreement."""
