"""The journal, an append-only, tamper-evident log: who did what, when, from which state."""
