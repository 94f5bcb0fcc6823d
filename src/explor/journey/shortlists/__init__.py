"""The ranked list of a need: who fits, with reasons; the public list of missions to fill."""
