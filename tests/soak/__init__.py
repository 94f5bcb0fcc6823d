"""Long proofs: a sample in the suite, the whole by `make soak`, each with its figure."""
