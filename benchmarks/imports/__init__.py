"""Benchmark of the files of ten thousand rows that a network brings in on its first day."""
