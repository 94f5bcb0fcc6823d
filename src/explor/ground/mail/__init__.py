"""The outbox of e-mail messages, the daily digest, and the addresses that bounce."""
