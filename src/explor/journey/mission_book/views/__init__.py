"""Pages of a mission book: `shared` for people, `devices` for requests of devices."""
