"""Faceted search in memory: which items carry which values, counted in one pass.

An item is a number, some keys to sort it by, and tags written « facet:value ». The values chosen
under one facet are alternatives; facets add up. Each facet is counted under all the others and
never under itself, so that a reader can always widen a choice.

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
