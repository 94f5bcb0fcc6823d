"""Benchmark of the erasure of one person among thousands."""
