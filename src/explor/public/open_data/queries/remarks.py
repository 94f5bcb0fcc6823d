"""What making a file has to say to the officers of a network."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from ..models import Dataset

KEPT = 2000  # remarks of one file


@dataclass(frozen=True, kw_only=True)
class Remark:
    """About one sheet (`sheet`, its number) of one network: left out of the file, or doubtful."""

    kind: Literal["left_out", "warning"]
    text: str
    title: str
    sheet: int | None
    network: int | None

    def told(self) -> dict[str, Any]:
        """As a row keeps it."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Heard:
    """The same remark about several sheets."""

    text: str
    kind: str
    sheets: list[tuple[int | None, str]]


def remarks_for(network: int) -> list[tuple[Dataset, list[Heard]]]:
    """The remarks of each file about the sheets of a network, alike ones together."""
    return [
        (dataset, _gathered([each for each in dataset.remarks if each["network"] == network]))
        for dataset in Dataset.objects.filter(name__in=("iati.xml", "subventions.csv"))
    ]


def _gathered(remarks: list[dict[str, Any]]) -> list[Heard]:
    heard: dict[tuple[str, str], Heard] = {}
    for each in remarks:
        key = (each["kind"], each["text"])
        found = heard.setdefault(key, Heard(text=each["text"], kind=each["kind"], sheets=[]))
        found.sheets.append((each["sheet"], each["title"]))
    return sorted(heard.values(), key=lambda each: (each.kind, each.text))
