"""Organisations (associations and employers), their verification, and field partners."""
