"""The separate process that sanitizes one uploaded file, and the code that only it runs."""
