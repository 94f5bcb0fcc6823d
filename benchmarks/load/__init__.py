"""Benchmark of fifty people who use the site at once, then of four times as many."""
