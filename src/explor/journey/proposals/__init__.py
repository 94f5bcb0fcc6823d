"""One person proposed for one seat of a need: the triple yes, its clocks, the reserve."""
