"""Calls for projects of networks: dates, terms, grid, requested documents, funders, envelopes."""
