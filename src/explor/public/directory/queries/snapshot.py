"""Which published sheets bear which tag, held in memory: all facets counted in one pass.

A position is the rank of a sheet by number. The tags are sorted, so that a facet is a run of them,
and the positions that bear them follow one another: counting is a sum over runs of a mask.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One sheet of the directory. `published` in microseconds."""

    sheet: int
    published: int
    year: int
    tags: Sequence[str]


@dataclass(frozen=True, kw_only=True, eq=False)
class Snapshot:
    """The directory of one edition, on one day (statuses follow the days)."""

    edition: int
    day: date
    ids: Ints  # sheets, by rising number
    published: Ints
    years: Ints
    tags: tuple[str, ...]  # sorted
    starts: Ints  # where the positions of each tag begin, and where the last ends
    places: Ints
    _alphabet: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64), repr=False)

    @classmethod
    def of(cls, rows: Iterable[Row], *, edition: int, day: date) -> "Snapshot":
        """Built anew, from rows by rising number."""
        numbers: dict[str, int] = {}
        head: list[tuple[int, int, int]] = []
        borne: list[int] = []
        lengths: list[int] = []
        for row in rows:
            head.append((row.sheet, row.published, row.year))
            borne.extend(numbers.setdefault(tag, len(numbers)) for tag in row.tags)
            lengths.append(len(row.tags))
        columns = np.array(head, dtype=np.int64).reshape(-1, 3)
        places = np.repeat(np.arange(len(lengths)), lengths)
        return _assembled(
            columns,
            list(numbers),
            np.array(borne, dtype=np.int64),
            places,
            edition=edition,
            day=day,
        )

    def after(self, rows: Sequence[Row], gone: Iterable[int], *, edition: int) -> "Snapshot":
        """The same once some sheets have changed and others are gone."""
        numbers = {tag: number for number, tag in enumerate(self.tags)}
        stays = ~np.isin(self.ids, [*gone, *(row.sheet for row in rows)])
        kept = stays[self.places]
        new_ids = [row.sheet for row in rows]
        ids = np.concatenate([self.ids[stays], np.array(new_ids, dtype=np.int64)])
        order = np.argsort(ids, kind="stable")
        rank = np.empty_like(order)
        rank[order] = np.arange(order.size)
        moved = np.append(rank, 0)[np.cumsum(stays) - 1]
        pairs = [
            (numbers.setdefault(tag, len(numbers)), rank[stays.sum() + n])
            for n, row in enumerate(rows)
            for tag in row.tags
        ]
        added = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        old = np.repeat(np.arange(len(self.tags)), np.diff(self.starts))
        columns = np.column_stack([self.ids, self.published, self.years])[stays]
        fresh = np.array([(r.sheet, r.published, r.year) for r in rows], dtype=np.int64)
        return _assembled(
            np.concatenate([columns, fresh.reshape(-1, 3)])[order],
            list(numbers),
            np.concatenate([old[kept], added[:, 0]]),
            np.concatenate([moved[self.places[kept]], added[:, 1]]),
            edition=edition,
            day=self.day,
        )

    @property
    def size(self) -> int:
        """How many sheets."""
        return int(self.ids.size)

    def bearing(self, facet: str, values: Iterable[str]) -> Mask:
        """The sheets that bear any of the values under a facet."""
        mask = np.zeros(self.size, dtype=np.bool_)
        for value in values:
            at = self._numbers.get(f"{facet}:{value}")
            if at is not None:
                mask[self.places[self.starts[at] : self.starts[at + 1]]] = True
        return mask

    def counts(self, facet: str, mask: Mask | None = None) -> dict[str, int]:
        """How many sheets of `mask` bear each value of a facet; those that none bears left out."""
        first, last = self._runs.get(facet, (0, 0))
        if first == last:
            return {}
        starts = self.starts[first : last + 1]
        if mask is None:
            found = np.diff(starts)
        else:
            borne = mask[self.places[starts[0] : starts[-1]]]
            found = np.add.reduceat(borne, starts[:-1] - starts[0], dtype=np.int64)
        values = (tag[len(facet) + 1 :] for tag in self.tags[first:last])
        return {value: int(n) for value, n in zip(values, found, strict=True) if n}

    def positions(self, ids: Sequence[int] | Ints) -> Ints:
        """The positions of those of `ids` that the directory shows, in the same order."""
        wanted = np.asarray(ids, dtype=np.int64)
        at = np.searchsorted(self.ids, wanted)
        at[at == self.size] = 0
        return at[self.ids[at] == wanted] if self.size else at[:0]

    @cached_property
    def latest(self) -> Ints:
        """The positions, the latest published first."""
        return np.lexsort((-self.ids, -self.published))

    @cached_property
    def by_year(self) -> Ints:
        """The positions, the latest year first; those without one last."""
        return np.lexsort((-self.ids, -self.years))

    def alphabet(self, read: Callable[[], list[int]]) -> Ints:
        """The positions by title, as `read` tells the sheets, asked once an edition."""
        if self._alphabet.size != self.size:
            object.__setattr__(self, "_alphabet", self.positions(read()))
        return self._alphabet

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {tag: number for number, tag in enumerate(self.tags)}

    @cached_property
    def _runs(self) -> dict[str, tuple[int, int]]:
        """The first tag of each facet, and the one after its last."""
        facets = [tag.partition(":")[0] for tag in self.tags]
        return {
            name: (facets.index(name), len(facets) - facets[::-1].index(name))
            for name in dict.fromkeys(facets)
        }


def _assembled(
    columns: Ints, tags: list[str], borne: Ints, places: Ints, *, edition: int, day: date
) -> Snapshot:
    """Sort the tags, then the places by tag; a tag that nothing bears any more is left out."""
    held = np.bincount(borne, minlength=len(tags)) if tags else np.zeros(0, dtype=np.int64)
    names = sorted(tag for tag, count in zip(tags, held, strict=True) if count)
    number = {tag: at for at, tag in enumerate(names)}
    renamed = np.array([number.get(tag, 0) for tag in tags], dtype=np.int64)
    sorted_tags = renamed[borne] if tags else borne
    order = np.argsort(sorted_tags, kind="stable")
    lengths = np.bincount(sorted_tags, minlength=len(names))
    return Snapshot(
        edition=edition,
        day=day,
        ids=columns[:, 0],
        published=columns[:, 1],
        years=columns[:, 2],
        tags=tuple(names),
        starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        places=places[order].astype(np.int64),
    )
