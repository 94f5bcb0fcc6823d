"""The pages of a signed-in person on their own data."""
