"""Outbox, digest, undeliverable addresses: no message is lost, none is sent under two names."""
