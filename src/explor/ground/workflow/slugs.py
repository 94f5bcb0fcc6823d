"""The choice of a unique slug, by one transaction at a time."""

from collections.abc import Sequence
from itertools import count

from django.db import connection, models
from django.utils.text import slugify

CHOICE = 7_203_142  # key of the advisory lock


def choose_alone() -> None:
    """Wait until no other transaction is choosing a slug, then block others until this one ends.

    An action that creates a row unless it exists calls this before it looks for the row.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHOICE])


def free_slug(title: str, *rows: type[models.Model], length: int, default: str) -> str:
    """Return a slug made from `title` that no row of the models `rows` has; number it if needed.

    Other transactions that choose a slug wait for the end of this one. Otherwise two rows of the
    same name created at once would take the same slug, and one would violate the unique index.

    Args:
        title: the name or the title of the new row.
        rows: the models that have a column `slug`.
        length: the maximum length of the slug in characters, without its number.
        default: the slug when no character of `title` can be in a URL.
    """
    return free_slugs([title], *rows, length=length, default=default)[0]


def free_slugs(
    titles: Sequence[str], *rows: type[models.Model], length: int, default: str
) -> list[str]:
    """Return a slug for each of `titles`, in their order and all different; see `free_slug`."""
    choose_alone()
    roots = [slugify(title)[:length].strip("-") or default for title in titles]
    taken = _slugs(rows, slug__in=set(roots))
    slugs: list[str] = []
    for root in roots:
        slug = root
        if root in taken:
            taken |= _slugs(rows, slug__startswith=f"{root}-")
            slug = next(each for n in count(2) if (each := f"{root}-{n}") not in taken)
        taken.add(slug)
        slugs.append(slug)
    return slugs


def _slugs(rows: Sequence[type[models.Model]], **wanted: object) -> set[str]:
    return {
        slug
        for model in rows
        for slug in model._default_manager.filter(**wanted).values_list("slug", flat=True)
    }
