"""Fixtures and helpers of the tests: tripwires, a browser, jobs run on demand."""
