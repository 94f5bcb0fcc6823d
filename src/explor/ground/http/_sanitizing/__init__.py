"""The separate process that sanitizes one uploaded file, with the code that only it runs."""
