"""Open data: files made by a job, their catalogue, and the check before publication."""
