"""Reading and writing of needs, experts and plans in JSON, CSV and XLSX, for `explor match`."""

from ._command import main

__all__ = [
    "main",
]
