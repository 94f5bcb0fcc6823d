"""Import of files of rows: read, previewed, made by a job, stopped, resumed, undone."""
