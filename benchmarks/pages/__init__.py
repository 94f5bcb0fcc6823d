"""Benchmark of an officer's pages in a season of five thousand missions."""
