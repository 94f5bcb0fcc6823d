"""Rotation of encryption keys: find the key of each value, and encrypt again with the newest.

The rotation runs in batches, each in its own transaction. If it is killed, nothing is lost: the
next run only changes the rows that are not yet under the newest key. The last functions encrypt,
decrypt or bind again the values of a store, for migrations.
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
BATCH = 500  # rows changed in one transaction
CLEAR = ""  # counted in place of the key of a value in clear


class Store:
    """The encrypted values in one column of a table whose primary key is `id`."""

    held = "{column} <> ''"  # the SQL condition of the rows that have a value
    bound_to = "id"  # the column whose value identifies the place of the encrypted values

    def __init__(self, table: str, column: str, *, is_number: bool = False) -> None:
        self.table, self.column, self.is_number = table, column, is_number

    def place_of(self, bound: int) -> str:
        """Return the place to which the values of a row are bound, as in the encrypted fields."""
        return f"{self.table}.{self.column}:{bound}"

    def values_in(self, content: Any) -> list[str]:
        """Return the encrypted values in the content of one row's column."""
        return [content]

    def mapped(self, content: Any, change: Callable[[str], str]) -> Any:
        """Return the content of one row's column with `change` applied to each value."""
        return change(content)

    def seal(self, bound: int, text: str) -> str:
        """Return `text` encrypted by the newest key, for the row that `place_of(bound)` names."""
        searched = normalised(text) if self.is_number else ""
        return cipher.seal(text, self.place_of(bound), searched=searched)

    def unseal(self, bound: int, value: str) -> str:
        """Return the decrypted text of a value; raise UnreadableValue if it cannot be decrypted."""
        return cipher.unseal(value, self.place_of(bound))

    def keys_in(self, content: Any) -> list[str]:
        """Return the identifiers of the keys of a row's values, `CLEAR` for a value in clear."""
        return [cipher.key_of(value) for value in self.values_in(content)]

    def rows(self, after: int, size: int) -> list[tuple[int, int, Any]]:
        """Lock and return up to `size` rows whose primary key is greater than `after`.

        Each row is (primary key, argument for `place_of`, content of the column).
        """
        sql = (
            f"{self._select(f'id, {self.bound_to}, ')} AND id > %s ORDER BY id LIMIT %s FOR UPDATE"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [after, size])
            return list(cursor.fetchall())

    def write(self, pk: int, content: Any) -> None:
        """Save the content of the column in the row with this primary key."""
        quote = connection.ops.quote_name
        sql = f"UPDATE {quote(self.table)} SET {quote(self.column)} = %s WHERE id = %s"
        with connection.cursor() as cursor:
            cursor.execute(sql, [content, pk])

    def counts(self) -> Counter[str]:
        """Return how many values are encrypted by each key, by key identifier."""
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

    They are bound to the column alone, as were secrets before the module `owned` existed.
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
    """The result of a rotation: the number of rows changed, and the places of unreadable rows."""

    renewed: int
    unreadable: list[str]


def stores() -> Iterator[Store]:
    """Yield all stores of encrypted values: encrypted fields, and stores from the hook."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, Encrypted):
                yield Store(model._meta.db_table, str(field.column), is_number=field.is_number)
    yield from hooks.get("encryption.stores")


def values_by_key() -> Counter[str]:
    """Return how many values each key encrypts, by key identifier; `CLEAR` counts clear ones.

    A value whose key is missing from the ring cannot be decrypted.
    """
    return sum((store.counts() for store in stores()), Counter())


def rotate(*, size: int = BATCH, done: Callable[[int], None] = lambda count: None) -> Report:
    """Encrypt every row with the newest key; return how many changed and which are unreadable.

    Args:
        size: the rows of one transaction, which stay locked until its end.
        done: called after each transaction with the number of rows changed so far.

    Raises:
        RingError: there is no key.
    """
    report = Report(0, [])
    for store in stores():
        after = 0
        while (last := _rotate_batch(store, after, size, report)) is not None:
            after = last
            done(report.renewed)
    return report


def _rotate_batch(store: Store, after: int, size: int, report: Report) -> int | None:
    """Encrypt a batch of rows with the newest key; return the last primary key, None at the end."""
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
    """Encrypt the values of a store that are in clear, for a migration."""

    def sealed(bound: int, value: str) -> str:
        return value if cipher.key_of(value) else store.seal(bound, value)

    _change_all(store, sealed)


def decrypt(store: Store) -> None:
    """Decrypt all values of a store, to reverse a migration.

    Raises:
        UnreadableValue: a value cannot be decrypted.
    """
    _change_all(store, store.unseal)


def bind(former: Store, store: Store) -> list[str]:
    """Bind the values of a column to the places of `store` instead of `former`, for a migration.

    Values that are already bound, or that cannot be decrypted, stay unchanged.

    Returns:
        The places of the values that cannot be decrypted.
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
