"""Requests and responses: the actor, error pages, idempotent forms, sanitized uploads."""
