"""Pages of the profiles of experts, for experts, networks and employers."""
