"""Components, forms, PDF and Word documents, and the hooks between capabilities."""
