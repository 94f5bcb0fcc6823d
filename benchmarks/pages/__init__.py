"""Benchmark of the pages of a network's officer, in a season of five thousand missions."""
