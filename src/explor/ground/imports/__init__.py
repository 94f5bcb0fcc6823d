"""Files of rows brought in: read, previewed, made by a job, stopped, resumed, undone."""
