"""The pages on which a person manages their own data, and the public page of an erasure."""
