"""Index of the faceted search: arrays of integers that record which items have which tags.

The position of an item is its rank, from 0, when items are sorted by number. A mask is an array of
booleans, one per position. Tags are sorted, so that the tags of a facet are adjacent.
`Index.places` holds the positions of the items that have each tag, tag after tag: a facet is
counted by summing slices of a mask. An index is never modified; `Index.after` returns a new one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Row:
    """An item to index.

    Args:
        item: its number, unique in an index.
        keys: numbers by which items are sorted, as many for each item of an index.
        tags: its tags, each written « facet:value », without repetition.
    """

    item: int
    keys: tuple[int, ...]
    tags: Sequence[str]


@dataclass(frozen=True, kw_only=True, eq=False)
class Index:
    """An index of items: their sort keys and tags, as arrays.

    Args:
        items: numbers of the items, increasing; shape (n,).
        keys: sort keys; shape (n, number of keys).
        tags: the tags, in alphabetical order.
        starts: index in `places` of the first position of each tag, then the length of `places`.
        places: positions of the items that have each tag, tag after tag.
    """

    items: Ints
    keys: Ints
    tags: tuple[str, ...]
    starts: Ints
    places: Ints
    _orders: dict[int, Ints] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, rows: Iterable[Row], *, keys: int = 1) -> "Index":
        """Build an index from rows sorted by increasing item number.

        Args:
            rows: the items; the iterable is consumed once.
            keys: how many sort keys each row has.
        """
        numbers: dict[str, int] = {}
        head: list[tuple[int, ...]] = []
        carried: list[int] = []
        lengths: list[int] = []
        for row in rows:
            head.append((row.item, *row.keys))
            carried.extend(numbers.setdefault(tag, len(numbers)) for tag in row.tags)
            lengths.append(len(row.tags))
        columns = np.array(head, dtype=np.int64).reshape(len(head), 1 + keys)
        places = np.repeat(np.arange(len(lengths)), lengths)
        return _assembled(columns, list(numbers), np.array(carried, dtype=np.int64), places)

    def after(self, changed: Sequence[Row], gone: Iterable[int]) -> "Index":
        """Return a new index with the rows of `changed` added or replaced, and some items removed.

        Args:
            changed: the rows to add, or that replace the row with the same item number.
            gone: the numbers of the items to remove.
        """
        numbers = {tag: number for number, tag in enumerate(self.tags)}
        stays = ~np.isin(self.items, [*gone, *(row.item for row in changed)])
        kept = stays[self.places]
        new_items = [row.item for row in changed]
        items = np.concatenate([self.items[stays], np.array(new_items, dtype=np.int64)])
        order = np.argsort(items, kind="stable")
        rank = np.empty_like(order)
        rank[order] = np.arange(order.size)
        moved = np.append(rank, 0)[np.cumsum(stays) - 1]
        pairs = [
            (numbers.setdefault(tag, len(numbers)), rank[stays.sum() + n])
            for n, row in enumerate(changed)
            for tag in row.tags
        ]
        added = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        old = np.repeat(np.arange(len(self.tags)), np.diff(self.starts))
        columns = np.column_stack([self.items, self.keys])[stays]
        new = np.array([(row.item, *row.keys) for row in changed], dtype=np.int64)
        return _assembled(
            np.concatenate([columns, new.reshape(-1, columns.shape[1])])[order],
            list(numbers),
            np.concatenate([old[kept], added[:, 0]]),
            np.concatenate([moved[self.places[kept]], added[:, 1]]),
        )

    @property
    def size(self) -> int:
        """Return the number of items in the index."""
        return int(self.items.size)

    def carrying(self, facet: str, values: Iterable[str]) -> Mask:
        """Return the mask (a boolean per item) of the items that have one of the values in a facet.

        A value that no item has is ignored.
        """
        mask = np.zeros(self.size, dtype=np.bool_)
        for value in values:
            at = self._numbers.get(f"{facet}:{value}")
            if at is not None:
                mask[self.places[self.starts[at] : self.starts[at + 1]]] = True
        return mask

    def among(self, items: Sequence[int] | Ints) -> Mask:
        """Return the mask (a boolean per item of the index) of the items with these numbers.

        Numbers that are not in the index are ignored.
        """
        mask = np.zeros(self.size, dtype=np.bool_)
        mask[self.positions(items)] = True
        return mask

    def counts(self, facet: str, mask: Mask | None = None) -> dict[str, int]:
        """Return {value: number of items that have it in a facet}, without zeros.

        Only the items of `mask` are counted, or all of them when it is None.
        """
        first, last = self._runs.get(facet, (0, 0))
        if first == last:
            return {}
        starts = self.starts[first : last + 1]
        if mask is None:
            totals = np.diff(starts)
        else:
            carried = mask[self.places[starts[0] : starts[-1]]]
            totals = np.add.reduceat(carried, starts[:-1] - starts[0], dtype=np.int64)
        values = (tag[len(facet) + 1 :] for tag in self.tags[first:last])
        return {value: int(n) for value, n in zip(values, totals, strict=True) if n}

    def positions(self, items: Sequence[int] | Ints) -> Ints:
        """Return the positions in the index of items given by number, in the same order.

        Numbers that are not in the index are left out.
        """
        wanted = np.asarray(items, dtype=np.int64)
        at = np.searchsorted(self.items, wanted)
        at[at == self.size] = 0
        return at[self.items[at] == wanted] if self.size else at[:0]

    def order(self, key: int) -> Ints:
        """Return the positions of all items by decreasing sort key, then by decreasing item number.

        `key` is the rank of the sort key in `Row.keys`. The result is cached.
        """
        if key not in self._orders:
            self._orders[key] = np.lexsort((-self.items, -self.keys[:, key]))
        return self._orders[key]

    def items_of(self, mask: Mask, *, key: int) -> Ints:
        """Return the numbers of the items of a mask, by decreasing sort key (see `order`)."""
        return self.items_in(self.order(key), mask)

    def items_in(self, positions: Ints, mask: Mask) -> Ints:
        """Return the numbers of the items that are at `positions` and selected by `mask`, in order.

        `positions` are positions in the index, such as the result of `order`.
        """
        return self.items[positions[mask[positions]]]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {tag: number for number, tag in enumerate(self.tags)}

    @cached_property
    def _runs(self) -> dict[str, tuple[int, int]]:
        """Return {facet: (index in `tags` of its first tag, index after its last tag)}."""
        facets = [tag.partition(":")[0] for tag in self.tags]
        return {
            name: (facets.index(name), len(facets) - facets[::-1].index(name))
            for name in dict.fromkeys(facets)
        }


def _assembled(columns: Ints, tags: list[str], carried: Ints, places: Ints) -> Index:
    """Build an index from (tag, item) pairs in any order; drop the tags that no item has.

    Args:
        columns: number and sort keys of each item; shape (n, 1 + number of keys), by increasing
            item.
        tags: the tags; the number of a tag is its place in this list.
        carried: for each pair, the number of its tag.
        places: for each pair, the position of its item.
    """
    totals = np.bincount(carried, minlength=len(tags)) if tags else np.zeros(0, dtype=np.int64)
    names = sorted(tag for tag, count in zip(tags, totals, strict=True) if count)
    number = {tag: at for at, tag in enumerate(names)}
    renamed = np.array([number.get(tag, 0) for tag in tags], dtype=np.int64)
    sorted_tags = renamed[carried] if tags else carried
    order = np.argsort(sorted_tags, kind="stable")
    lengths = np.bincount(sorted_tags, minlength=len(names))
    return Index(
        items=columns[:, 0],
        keys=columns[:, 1:],
        tags=tuple(names),
        starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        places=places[order].astype(np.int64),
    )
