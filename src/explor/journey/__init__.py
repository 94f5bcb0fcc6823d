"""The life of a mission, latest phase first."""
