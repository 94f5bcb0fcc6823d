"""French names of the DAC's sectors and regions, from the files in `data/`."""

import csv
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@cache
def _rows(name: str) -> dict[str, dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def dac_name(code: str) -> str:
    """Return the French name of a sector or category of the DAC, "" for an unknown code."""
    return _rows("dac.csv").get(code, {}).get("label", "")


def dac_sector(code: str) -> str:
    """Return the code of our sector that corresponds to a DAC code, "" when there is none."""
    return _rows("dac.csv").get(code, {}).get("sector", "")


def region_name(code: str) -> str:
    """Return the French name of a region of the DAC, "" for an unknown code."""
    return _rows("regions.csv").get(code, {}).get("label", "")
