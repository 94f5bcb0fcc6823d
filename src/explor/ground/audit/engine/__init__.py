"""Cryptography of the journal: hash trees of its blocks, and the key that seals them."""
