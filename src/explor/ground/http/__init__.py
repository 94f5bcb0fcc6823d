"""Requests and responses: actors, middleware, error pages, limits, idempotent forms, uploads."""
