"""User interface: components, forms, generated files (PDF, Word, CSV...), and package hooks."""
