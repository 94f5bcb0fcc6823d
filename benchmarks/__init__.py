"""Benchmarks, with their limits and peers; the test suite does not run them."""
