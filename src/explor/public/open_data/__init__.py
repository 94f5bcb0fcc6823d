"""Open data: files written by a job, their catalogue, and checks before publication."""
