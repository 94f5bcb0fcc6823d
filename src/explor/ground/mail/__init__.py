"""The outbox, the letter of the day, and the addresses that do not answer."""
