"""Detection of the rows tied to a person, so that an erasure removes only their own name.

A name alone is not enough, since anyone may open an account under the name of somebody else. A row
with the name is tied to the person only if it also contains their address, or belongs to a row of
theirs, or to a case (need, mission...) on which they acted according to the journal.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import connection, models

from explor.ground.accounts.models import Person
from explor.ground.audit.models import Entry
from explor.ground.encryption.fields import Encrypted
from explor.ground.reference.selectors import fold
from explor.ground.ui import hooks

from ..rules import Identity

# Models shared by many people: a row that belongs to one of these is not tied to a person by that.
SHARED = {"accounts.person", "networks.network", "organisations.organisation", "calls.call"}
SHARED |= {"calls.funder", "contenttypes.contenttype"}
# Models that have their own erasure, or that contain no free text.
APART = {"audit.entry", "audit.head", "accounts.person", "accounts.session", "rights.copy"}
# The columns that hold the primary key of a person without a foreign key.
AUTHORS = {"person", "read_by", "uploaded_by", "proposed_by", "decided_by"}
TEXTS = (models.CharField, models.TextField, models.JSONField)
# Columns with a row key (`label:pk`) or another value read by code only.
KEYS = {"about", "owner", "subject", "holder"}
CODES = {"charged_to", "key", "kind", "role_key", "url"}
# a column shorter than this many characters holds a code, unless it is a telephone number
CODE = 40
DEPTH = 4
CHUNK = 500  # rows read at once
SHORTEST = 4  # a shorter name or number would erase parts of other texts


def identity_of(person: Person) -> Identity:
    """Return the texts that identify a person, including former names found in the journal."""
    acts = Entry.objects.filter(person=person.pk)
    names = {person.name, *acts.values_list("name", flat=True).distinct()}
    known = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    emails = {person.email.lower(), *(email.lower() for email in known)}
    names = {each for name in names for each in _writings(name) if len(each) >= SHORTEST}
    common = common_among(names)
    return Identity(
        names=tuple(sorted(names - common)),
        common=tuple(sorted(common)),
        emails=tuple(sorted(emails)),
        phones=(person.phone,) if len(person.phone) > SHORTEST else (),
    )


def _writings(name: str) -> Iterator[str]:
    """Yield the spellings of a name: given name first or last, with or without accents and hyphens.

    Imported files, sort keys and typed addresses use these spellings. Accents of a name in another
    alphabet are not removed, since the remainder could be any word.
    """
    words = name.split()
    for each in (name, " ".join([*words[-1:], *words[:-1]])):
        yield each
        if all(fold(word) for word in words):
            yield fold(each)


def common_among(names: Iterable[str]) -> set[str]:
    """Return the names that consist only of stop words of the French text search."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM unnest(%s::text[]) AS name "
            "WHERE length(to_tsvector('french', name)) = 0",
            [list(names)],
        )
        return {name for (name,) in cursor.fetchall()}


class Ties:
    """The rows tied to a person: primary keys by model label."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.keys: defaultdict[str, set[Any]] = defaultdict(set)
        self._add_acts()
        for model in _models():
            for field in _relations(model):
                if field.related_model is Person:
                    own = model._base_manager.filter(**{field.name: person})
                    self._add(model, own.values_list("pk", flat=True))
            for field in model._meta.concrete_fields:
                if field.name in AUTHORS and isinstance(field, models.BigIntegerField):
                    own = model._base_manager.filter(**{field.name: person.pk})
                    self._add(model, own.values_list("pk", flat=True))
        for tied in hooks.get("privacy.ties"):
            rows = tied(person)
            self._add(rows.model, rows.values_list("pk", flat=True))

    def _add(self, model: type[models.Model], keys: Any) -> None:
        self.keys[model._meta.label_lower].update(keys)

    def _add_acts(self) -> None:
        """Add the subjects of the person's actions, and the rows to which these subjects belong."""
        acts = Entry.objects.filter(person=self.person.pk).values_list("kind", "subject")
        for kind, subject in acts.order_by().distinct():
            if kind != "accounts.person" or subject == self.person.pk:
                self.keys[kind].add(subject)
        for kind, subjects in list(self.keys.items()):
            model = _model(kind)
            for field in _relations(model) if model else ():
                label = field.related_model._meta.label_lower
                if label not in SHARED:
                    rows = model._base_manager.filter(pk__in=subjects)  # type: ignore[union-attr]
                    owners = rows.exclude(**{field.attname: None})
                    self.keys[label].update(owners.values_list(field.attname, flat=True))

    def has(self, row: models.Model, depth: int = DEPTH) -> bool:
        """Return whether a row, or a row to which it belongs, is tied to the person.

        `depth` limits how many relations are followed.
        """
        if row.pk in self.keys[row._meta.label_lower]:
            return True
        if row._meta.label_lower in SHARED or not depth:
            return False
        if any(key in self for key in _loose_keys(row)):
            return True
        parents = (getattr(row, field.name) for field in _relations(type(row)))
        return any(parent is not None and self.has(parent, depth - 1) for parent in parents)

    def __contains__(self, key: str) -> bool:
        """Return whether the row with the key `label:pk` is tied to the person."""
        label, _, number = key.rpartition(":")
        return number.isdigit() and int(number) in self.keys.get(label, ())


def rows_naming(identity: Identity, kept: list[models.QuerySet[Any]]) -> Iterator[models.Model]:
    """Yield the rows with a text that names a person, except the rows of `kept`."""
    signed: defaultdict[type[models.Model], set[Any]] = defaultdict(set)
    for rows in kept:
        signed[rows.model].update(rows.values_list("pk", flat=True))
    for model in _models():
        if model._meta.label_lower in APART or not texts_of(model):
            continue
        keys = (*_holding(model, identity.texts), *_hiding(model, identity.texts))
        naming = [pk for pk in dict.fromkeys(keys) if pk not in signed[model]]
        for start in range(0, len(naming), CHUNK):
            yield from model._base_manager.in_bulk(naming[start : start + CHUNK]).values()


def texts_of(model: type[models.Model]) -> list[Any]:
    """Return the text columns of a model that people fill, and that may name somebody.

    States, identifiers and keys are left out: erasing a person with such a name would damage them.
    """
    return [field for field in model._meta.concrete_fields if _is_written(field)]


def _is_written(field: Any) -> bool:
    if not isinstance(field, TEXTS) or isinstance(field, models.SlugField) or field.choices:
        return False
    if field.name in KEYS | CODES:
        return False
    spoken = isinstance(field, Encrypted) or field.name == "phone"
    return spoken or field.max_length is None or field.max_length > CODE


def _holding(model: type[models.Model], texts: tuple[str, ...]) -> list[Any]:
    """Return the primary keys of the rows whose columns contain one of `texts`, ignoring case."""
    quote = connection.ops.quote_name
    wanted = " OR ".join(["strpos(lower(line::text), lower(%s)) > 0"] * len(texts))
    pk = quote(str(model._meta.pk.column))
    sql = f"SELECT {pk} FROM {quote(model._meta.db_table)} AS line WHERE {wanted}"
    # Quotation marks are doubled in the text form of a row, so search only the part before them.
    with connection.cursor() as cursor:
        cursor.execute(sql, [text.split('"')[0] for text in texts])
        return [key for (key,) in cursor.fetchall()]


def _hiding(model: type[models.Model], texts: tuple[str, ...]) -> Iterator[Any]:
    """Yield the primary keys of the rows whose encrypted columns contain one of `texts`."""
    hidden = [field for field in texts_of(model) if isinstance(field, Encrypted)]
    wanted = [text.lower() for text in texts]
    for field in hidden:
        rows = model._base_manager.exclude(**{field.attname: ""}).only(field.attname)
        for row in rows.iterator(chunk_size=500):
            value = getattr(row, field.attname).lower()
            if any(text in value for text in wanted):
                yield row.pk


def _models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]


def _model(label: str) -> type[models.Model] | None:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def _relations(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.is_relation]


def _loose_keys(row: models.Model) -> Iterator[str]:
    """Yield the row keys (`label:pk`) stored in the columns of a row."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.name in KEYS and isinstance(value, str):
            yield value


def acts_naming(identity: Identity) -> Iterator[Entry]:
    """Yield the journal entries with a text that names a person."""
    lines = Entry.objects.filter(pk__in=_holding(Entry, identity.texts)).order_by("pk")
    yield from lines.iterator(chunk_size=500)
