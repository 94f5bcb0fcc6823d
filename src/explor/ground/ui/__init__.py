"""User interface: components, forms, PDF and Word documents, and the hooks between packages."""
