"""Pages of needs: one module per role, and modules for pages that belong together."""
