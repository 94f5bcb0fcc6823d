"""Pages of proposals: `party` for the three parties, `reseau` for the network."""
