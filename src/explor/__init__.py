"""Explor: the software that runs EXPLOR, from the need of an association to a published sheet."""
