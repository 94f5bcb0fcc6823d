"""Model fields whose values are encrypted in the database, each bound to its row.

A value is decrypted on first access, so pages that do not show it cost nothing, and `values()`
returns it encrypted. A value that cannot be decrypted reads as `UNREADABLE`: an error is logged,
and saving the row leaves the stored value unchanged.
"""

from datetime import date
from typing import Any

import structlog
from django.core import checks
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models.query_utils import DeferredAttribute

from . import cipher
from .numbers import normalised
from .ring import RingError

logger = structlog.get_logger(__name__)
UNREADABLE = "valeur illisible"


class Sealed(str):
    """An encrypted text, stored in the database as it is."""

    __slots__ = ()


class Unread:
    """An encrypted value loaded from the database and not decrypted yet; `repr` hides it."""

    def __init__(self, stored: str) -> None:
        self.stored = stored

    def __str__(self) -> str:
        return "valeur chiffrée"

    __repr__ = __str__


class UnreadableText(str):
    """A text that could not be decrypted; it reads as `UNREADABLE`."""

    stored: str
    unreadable = True


class UnreadableDate(date):
    """A date that could not be decrypted; it is in the far past, so a document looks expired."""

    stored: str
    unreadable = True

    def isoformat(self) -> str:
        return UNREADABLE

    def strftime(self, shape: str, /) -> str:
        return UNREADABLE

    def __str__(self) -> str:
        return UNREADABLE

    def __format__(self, shape: str, /) -> str:
        return UNREADABLE


def refuse_placeholder(value: object) -> None:
    """Validate a form value: refuse the placeholder `UNREADABLE` that a page displayed.

    Raises:
        ValidationError: the value is the placeholder.
    """
    if str(value) == UNREADABLE:
        raise ValidationError("Cette valeur ne peut plus être lue : écrivez-la de nouveau.")


class Decrypted(DeferredAttribute):
    """The attribute of an encrypted field, which decrypts the value on first access."""

    field: "Encrypted"

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, owner)
        if isinstance(value, Unread):
            value = instance.__dict__[self.field.attname] = self.field.read(value.stored, instance)
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class ExactNumber(models.Lookup):
    """The lookup `exact` of an encrypted field: finds blanks, or a number by its digest."""

    lookup_name = "exact"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, params = self.process_lhs(compiler, connection)
        if self.rhs == "":
            return f"{column} = ''", params
        wanted = self.lhs.output_field.stored_prefixes(self.rhs)
        tests = " OR ".join([f"{column} LIKE %s"] * len(wanted))
        return f"({tests})", [each for start in wanted for each in (*params, f"{start}%")]


class Encrypted(models.Field):  # type: ignore[type-arg]
    """The base class of encrypted fields."""

    descriptor_class = Decrypted
    is_number = False

    def read(self, stored: str, instance: models.Model) -> Any:
        """Return the decrypted value of a row, or a placeholder if it cannot be decrypted."""
        place = self.place_of(instance)
        try:
            return self.from_text(cipher.unseal(stored, place))
        except (cipher.UnreadableValue, RingError, ValueError) as fault:
            logger.error("unreadable_value", place=place, reason=str(fault))
            value = self.unreadable()
            value.stored = stored
            return value

    def place_of(self, instance: models.Model) -> str:
        """Return the place to which a value is bound: table, column and primary key."""
        return f"{self.model._meta.db_table}.{self.column}:{instance.pk}"

    def stored_prefixes(self, text: str) -> list[str]:
        """Return the prefixes, one for each key, of the stored values that contain this number.

        Raise TypeError if the field does not hold numbers.
        """
        if not self.is_number:
            raise TypeError(f"{self} is encrypted: only numbers can be looked for")
        return cipher.stored_prefixes(
            normalised(text), f"{self.model._meta.db_table}.{self.column}"
        )

    def from_text(self, text: str) -> Any:
        raise NotImplementedError

    def to_text(self, value: Any) -> str:
        raise NotImplementedError

    def unreadable(self) -> Any:
        raise NotImplementedError

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Return the encrypted value to save, unchanged if it is not decrypted or is unreadable.

        Raises:
            TypeError: the row has no primary key, or a new row has the unread value of another one.
        """
        value = model_instance.__dict__[self.attname]
        if value is None or value == "":
            return value
        if (stored := getattr(value, "stored", None)) is not None:
            if add:
                raise TypeError(f"{self}: a value bound to a row cannot be copied to another one")
            return Sealed(stored)
        if model_instance.pk is None:
            raise TypeError(f"{self}: the primary key must be a RowKey")
        text = self.to_text(value)
        searched = normalised(text) if self.is_number else ""
        return Sealed(cipher.seal(text, self.place_of(model_instance), searched=searched))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return Unread(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        """Return blanks and encrypted values unchanged; raise TypeError for a value in clear.

        A query such as `.update()` cannot encrypt, since it does not know the row to bind the value
        to.
        """
        if value is None or value == "" or isinstance(value, Sealed):
            return value
        raise TypeError(f"{self} is encrypted: save the row instead of updating it by a query")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        value = value if prepared else self.get_prep_value(value)
        return None if value is None else str(value)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        return self.get_db_prep_value(value, connection)

    def get_lookup(self, lookup_name: str) -> Any:
        is_null = super().get_lookup(lookup_name)
        return {"exact": ExactNumber, "isnull": is_null}.get(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        return None

    def db_type(self, connection: Any) -> str:
        return "text"

    def cast_db_type(self, connection: Any) -> str:
        return "text"

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        messages = list(super().check(**kwargs))
        if not isinstance(self.model._meta.pk, RowKey):
            messages.append(
                checks.Error("the primary key must be a RowKey", obj=self, id="explor.E1")
            )
        return messages

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        return super().formfield(*args, **{"validators": [refuse_placeholder], **kwargs})


class EncryptedTextField(Encrypted, models.CharField):  # type: ignore[type-arg]
    """A short text that is encrypted."""

    def from_text(self, text: str) -> str:
        return text

    def to_text(self, value: Any) -> str:
        return str(value)

    def unreadable(self) -> UnreadableText:
        return UnreadableText(UNREADABLE)


class EncryptedNumberField(EncryptedTextField):
    """An encrypted telephone number; `filter(phone="06 00 00 00 01")` finds it in any format."""

    is_number = True


class EncryptedDateField(Encrypted, models.DateField):  # type: ignore[type-arg]
    """A date that is encrypted."""

    def from_text(self, text: str) -> date:
        return date.fromisoformat(text)

    def to_text(self, value: Any) -> str:
        day: date = self.to_python(value)
        return day.isoformat()

    def unreadable(self) -> UnreadableDate:
        return UnreadableDate(1, 1, 1)


class RowKey(models.BigAutoField):  # type: ignore[type-arg]
    """A primary key chosen before insertion if an encrypted value must be bound to this key."""

    def get_pk_value_on_save(self, instance: models.Model) -> int | None:
        fields = instance._meta.concrete_fields
        held = (instance.__dict__.get(each.attname) for each in fields if _is_encrypted(each))
        if not any(held):
            return None
        table = connection.ops.quote_name(instance._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s))", [table, self.column])
            return int(cursor.fetchone()[0])


def _is_encrypted(field: Any) -> bool:
    return isinstance(field, Encrypted)
