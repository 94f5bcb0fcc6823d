"""The journal: who did what, when, from which state; tamper-evident."""
