"""Long tests: a sample in the suite, complete with `make soak`; each records its figure."""
