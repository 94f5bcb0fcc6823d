"""The pages on which a signed-in person manages their own data."""
