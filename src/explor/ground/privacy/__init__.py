"""Personal data: how long each is kept, the copy and the erasure that a person asks for."""
