"""Pages of missions: `reseau` for the network, `shared` for the four roles."""
