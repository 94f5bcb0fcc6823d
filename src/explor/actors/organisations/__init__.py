"""Associations, employers, field partners, and their verification."""
