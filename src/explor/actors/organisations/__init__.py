"""Organisations (associations and employers), their verification, and their field partners."""
