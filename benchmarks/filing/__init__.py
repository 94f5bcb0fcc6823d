"""Benchmark of 200 associations that file their needs minutes before a call for projects closes."""
