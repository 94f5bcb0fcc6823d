"""Anonymous figures that show whether matching gives every expert and need the same chances."""
