"""The rows that hold encrypted values: the key of each, and their move to the newest key.

A rotation goes on in batches, each in its own transaction: one that is killed loses nothing, and
the next one only changes the rows that are not yet under the newest key.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from explor.ground.ui import hooks

from . import cipher
from .fields import Encrypted
from .numbers import normalised
from .ring import ring

hooks.define("encryption.stores", "Store: encrypted values that are not in a field of a model")
BATCH = 500  # rows of one transaction
CLEAR = ""  # stands for the key of a value in clear


class Store:
    """The encrypted values of one column of a table, whose primary key is `id`."""

    held = "{column} <> ''"
    bound_to = "id"  # the column to whose value those of a row are bound

    def __init__(self, table: str, column: str, *, is_number: bool = False) -> None:
        self.table, self.column, self.is_number = table, column, is_number

    def place_of(self, bound: int) -> str:
        """Return what the values of a row are bound to, as the fields write it."""
        return f"{self.table}.{self.column}:{bound}"

    def values_in(self, content: Any) -> list[str]:
        """Return the values in the column of a row."""
        return [content]

    def mapped(self, content: Any, change: Callable[[str], str]) -> Any:
        """Return the content of the column of a row with its values changed."""
        return change(content)

    def seal(self, bound: int, text: str) -> str:
        searched = normalised(text) if self.is_number else ""
        return cipher.seal(text, self.place_of(bound), searched=searched)

    def unseal(self, bound: int, value: str) -> str:
        return cipher.unseal(value, self.place_of(bound))

    def keys_in(self, content: Any) -> list[str]:
        """Return the identifiers of the keys of the values of a row, `CLEAR` for one in clear."""
        return [cipher.key_of(value) for value in self.values_in(content)]

    def rows(self, after: int, size: int) -> list[tuple[int, int, Any]]:
        """Lock and return the rows that follow the row `after`.

        Each is its primary key, the value that `place_of` takes, and its content.
        """
        sql = (
            f"{self._select(f'id, {self.bound_to}, ')} AND id > %s ORDER BY id LIMIT %s FOR UPDATE"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [after, size])
            return list(cursor.fetchall())

    def write(self, pk: int, content: Any) -> None:
        quote = connection.ops.quote_name
        sql = f"UPDATE {quote(self.table)} SET {quote(self.column)} = %s WHERE id = %s"
        with connection.cursor() as cursor:
            cursor.execute(sql, [content, pk])

    def counts(self) -> Counter[str]:
        """Return how many values are under each key, by its identifier."""
        with connection.cursor() as cursor:
            cursor.execute(self._select())
            return Counter(key for (content,) in cursor for key in self.keys_in(content))

    def _select(self, also: str = "") -> str:
        quote = connection.ops.quote_name
        column = quote(self.column)
        table = quote(self.table)
        return f"SELECT {also}{column} FROM {table} WHERE {self.held.format(column=column)}"


class JsonStore(Store):
    """The encrypted values under some keys of a JSON column, texts or lists of texts.

    They are bound to the column alone, as those of before `owned` were.
    """

    def __init__(self, table: str, column: str, keys: tuple[str, ...]) -> None:
        super().__init__(table, column)
        self.keys = keys
        self.held = f"{{column}} ?| ARRAY[{', '.join(repr(key) for key in keys)}]"

    def place_of(self, bound: int) -> str:
        return f"{self.table}.{self.column}"

    def values_in(self, content: Any) -> list[str]:
        contents = [value for key, value in json.loads(content).items() if key in self.keys]
        return [
            each for value in contents for each in (value if isinstance(value, list) else [value])
        ]

    def mapped(self, content: Any, change: Callable[[str], str]) -> Any:
        values = json.loads(content)
        for key in self.keys:
            if isinstance(value := values.get(key), list):
                values[key] = [change(each) for each in value]
            elif value is not None:
                values[key] = change(value)
        return json.dumps(values)


@dataclass
class Report:
    """What a rotation did: rows moved to the newest key, and the places of unreadable rows."""

    renewed: int
    unreadable: list[str]


def stores() -> Iterator[Store]:
    """Yield where encrypted values are kept: the encrypted fields, then what packages register."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, Encrypted):
                yield Store(model._meta.db_table, str(field.column), is_number=field.is_number)
    yield from hooks.get("encryption.stores")


def values_by_key() -> Counter[str]:
    """Return how many values are under each key, by its identifier; `CLEAR` counts those in clear.

    A value under a key that the ring lacks cannot be read.
    """
    return sum((store.counts() for store in stores()), Counter())


def rotate(*, size: int = BATCH, done: Callable[[int], None] = lambda count: None) -> Report:
    """Move every row to the newest key; return how many moved, and which cannot be read.

    Args:
        size: the rows of one transaction, which stay locked until its end.
        done: called after each transaction, with the number of rows moved until then.
    """
    report = Report(0, [])
    for store in stores():
        after = 0
        while (last := _rotate_batch(store, after, size, report)) is not None:
            after = last
            done(report.renewed)
    return report


def _rotate_batch(store: Store, after: int, size: int, report: Report) -> int | None:
    """Move the next rows of a store; return the last one, None when there are no more."""
    newest, moved = ring()[0].id, 0
    with transaction.atomic():
        rows = store.rows(after, size)
        for pk, bound, content in rows:
            if set(store.keys_in(content)) <= {newest}:
                continue
            try:
                store.write(pk, store.mapped(content, _renewal(store, bound)))
                moved += 1
            except cipher.UnreadableValue as fault:
                report.unreadable.append(f"{store.table}.{store.column}:{pk} : {fault}")
    report.renewed += moved
    return rows[-1][0] if rows else None


def _renewal(store: Store, bound: int) -> Callable[[str], str]:
    return lambda value: store.seal(bound, store.unseal(bound, value))


def encrypt_clear(store: Store) -> None:
    """Encrypt the values of a store that are in clear: for a migration."""

    def sealed(bound: int, value: str) -> str:
        return value if cipher.key_of(value) else store.seal(bound, value)

    _change_all(store, sealed)


def decrypt(store: Store) -> None:
    """Put the values of a store back in clear: to undo a migration."""
    _change_all(store, store.unseal)


def bind(former: Store, store: Store) -> list[str]:
    """Bind the values of a column to what `store` says instead of `former`: for a migration.

    Values bound already, and those that cannot be read, stay as they are.

    Returns:
        The places of the values that cannot be read.
    """
    unreadable: list[str] = []

    def bound_again(bound: int, value: str) -> str:
        try:
            store.unseal(bound, value)
        except cipher.UnreadableValue:
            try:
                return store.seal(bound, former.unseal(bound, value))
            except cipher.UnreadableValue:
                unreadable.append(store.place_of(bound))
        return value

    _change_all(store, bound_again)
    return unreadable


def _change_all(store: Store, change: Callable[[int, str], str]) -> None:
    after = 0
    while rows := store.rows(after, BATCH):
        for pk, bound, content in rows:
            store.write(pk, store.mapped(content, lambda value, of=bound: change(of, value)))  # type: ignore[misc]
        after = rows[-1][0]
