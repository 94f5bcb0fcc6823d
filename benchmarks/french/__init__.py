"""Benchmark of the search in French: how much of what is expected is found, and how little else."""
