"""Who did what, when, from which state; tamper-evident."""
