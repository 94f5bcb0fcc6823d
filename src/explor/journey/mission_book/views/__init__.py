"""Pages of a mission book: `shared` for people, `devices` for the devices that keep it."""
