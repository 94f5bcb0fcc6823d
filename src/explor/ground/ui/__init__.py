"""What every page is made of: components, forms, papers, hooks between capabilities."""
