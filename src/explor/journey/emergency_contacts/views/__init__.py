"""Pages of emergency contacts: `expert` for who gives one, `reseau` for who may call."""
