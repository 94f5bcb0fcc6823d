"""The mission book: the diary of a professional on the spot, also written without network."""
