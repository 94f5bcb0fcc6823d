"""Pages of emergency contacts: `expert` to give a contact, `reseau` to read the contact."""
