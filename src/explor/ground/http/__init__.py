"""Requests and responses: actor, refusals, errors, idempotency, sanitized files."""
