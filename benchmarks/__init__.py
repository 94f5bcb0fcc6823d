"""Benchmarks of Explor, with limits and with similar software; not run by the test suite."""
