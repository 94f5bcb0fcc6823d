"""Fixtures of the suite: tripwires, a browser, jobs run on demand."""
