"""Faceted search in memory: select items by the values of their facets, and count the values.

An item is a number, some keys by which it is sorted, and tags written « facet:value ». An item must
have one of the values chosen in each facet. The counts of a facet depend on the choices in other
facets but not in this one, so a user always sees how many items another value would add.

>>> rows = [
...     Row(item=1, keys=(2024,), tags=["country:BF", "sector:water"]),
...     Row(item=2, keys=(2025,), tags=["country:TG", "sector:water"]),
... ]
>>> index = Index.of(rows)
>>> selection = select(index, {"country": ["BF"]}, facets=["country", "sector"])
>>> index.items_of(selection.kept, key=0).tolist()
[1]
>>> selection.counts
{'country': {'BF': 1, 'TG': 1}, 'sector': {'water': 1}}
"""

from .index import Index, Ints, Mask, Row
from .selection import Selection, select

__all__ = ["Index", "Ints", "Mask", "Row", "Selection", "select"]
