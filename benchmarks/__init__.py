"""Measures, with their limits and peers, never asserted in the test suite."""
