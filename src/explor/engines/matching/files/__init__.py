"""Needs, experts and plans in JSON, CSV and XLSX files, for the command `explor match`."""

from ._command import main

__all__ = [
    "main",
]
