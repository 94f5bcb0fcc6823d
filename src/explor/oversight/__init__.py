"""What those who answer for the scheme read."""
