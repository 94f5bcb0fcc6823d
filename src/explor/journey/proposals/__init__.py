"""One person proposed for one seat of a need: the three answers, their deadline, the reserve."""
