"""Pages of the committee: for its members, and for the network that composes it."""
