"""Secrets that a library stores in a JSON column, each bound to the person who owns the row.

The library encrypts and decrypts texts without giving their owner. A new text is therefore
encrypted when its row is saved, and an encrypted one remembers the owner of the row that it was
read from: a value moved to the row of another person is refused.
"""

from collections.abc import Callable
from typing import Any

from . import cipher
from .rotation import JsonStore


class Unsaved(str):
    """A secret text whose row is not saved yet; the placeholder itself reveals nothing."""

    text: str


class Owned(str):
    """An encrypted value that was read from or written to a row, with the owner of this row."""

    owner: int


class OwnedStore(JsonStore):
    """The encrypted values under some keys of a JSON column, each bound to the row's owner."""

    def __init__(self, table: str, column: str, keys: tuple[str, ...], *, owner: str) -> None:
        super().__init__(table, column, keys)
        self.bound_to = owner

    def place_of(self, bound: int) -> str:
        return f"{self.table}.{self.column}:{bound}"

    def unsaved(self, text: str) -> Unsaved:
        """Return a placeholder for a text that will be encrypted when its row is saved."""
        value = Unsaved("valeur sans ligne")
        value.text = text
        return value

    def text_of(self, value: str) -> str:
        """Return the decrypted text of a value of a row, or the text of an `unsaved` placeholder.

        Raises:
            UnreadableValue: the value is in clear, changed or from another row, or its key is
                missing.
            RingError: there is no key at all.
        """
        if isinstance(value, Unsaved):
            return value.text
        if not isinstance(value, Owned):
            raise cipher.UnreadableValue("elle n’est tirée d’aucune ligne")
        return self.unseal(value.owner, value)

    def after_reading(self, *, instance: Any, **kwargs: Any) -> None:
        """Attach the owner to the encrypted values of a row just loaded (signal `post_init`)."""
        if {self.column, self.bound_to} <= set(instance.__dict__):
            owner = getattr(instance, self.bound_to)
            self._change(instance, lambda value: _owned(value, owner))

    def before_saving(self, *, instance: Any, **kwargs: Any) -> None:
        """Encrypt the new secrets of a row about to be saved, for its owner (signal `pre_save`)."""
        owner = getattr(instance, self.bound_to)
        self._change(
            instance,
            lambda value: (
                _owned(self.seal(owner, value.text), owner) if isinstance(value, Unsaved) else value
            ),
        )

    def _change(self, instance: Any, change: Callable[[Any], Any]) -> None:
        content = getattr(instance, self.column)
        for key in self.keys if isinstance(content, dict) else ():
            if isinstance(value := content.get(key), list):
                content[key] = [change(each) for each in value]
            elif value is not None:
                content[key] = change(value)


def _owned(value: Any, owner: int) -> Any:
    if not isinstance(value, str) or isinstance(value, Unsaved | Owned):
        return value
    result = Owned(value)
    result.owner = owner
    return result
