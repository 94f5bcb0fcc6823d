"""The mission book: an expert's diary of a mission, which can also be written offline."""
