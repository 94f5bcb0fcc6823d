"""Pages of calls: the public ones, those of a network, and the confirmation pages of actions."""
