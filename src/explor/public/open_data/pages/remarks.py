"""Remarks on invalid or incomplete sheets, made while a file is written, shown to officers."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from explor.ground.ui.order import sort_key

from .. import selectors
from ..models import Dataset

KEPT = 2000  # maximum number of remarks stored for one file


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A remark on one project sheet of a network, or on the whole file when `sheet` is None.

    The kind "left_out" means that the sheet is not in the file, "warning" that it should be
    reviewed. `sheet` and `network` are primary keys.
    """

    kind: Literal["left_out", "warning"]
    text: str
    title: str
    sheet: int | None
    network: int | None

    def as_dict(self) -> dict[str, Any]:
        """Return the remark as a dictionary of JSON values, stored in `Dataset.remarks`."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class RemarkGroup:
    """One remark made on several sheets, each given as (primary key, title)."""

    text: str
    kind: str
    sheets: list[tuple[int | None, str]]


def remarks_for(network: int) -> list[tuple[Dataset, list[RemarkGroup]]]:
    """Return (file, remarks) for each checked file: its remarks on the sheets of a network.

    Remarks of the same kind and text are grouped; those on the whole file are left out.
    """
    return [
        (dataset, _grouped([each for each in dataset.remarks if each["network"] == network]))
        for dataset in selectors.checked_datasets()
    ]


def _grouped(remarks: list[dict[str, Any]]) -> list[RemarkGroup]:
    groups: dict[tuple[str, str], RemarkGroup] = {}
    for each in remarks:
        key = (each["kind"], each["text"])
        group = groups.setdefault(key, RemarkGroup(text=each["text"], kind=each["kind"], sheets=[]))
        group.sheets.append((each["sheet"], each["title"]))
    return sorted(groups.values(), key=lambda each: (each.kind, sort_key(each.text)))
