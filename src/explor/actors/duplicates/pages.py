"""Data shown on the pages that list duplicates and preview a merge."""

from typing import Any

from django.urls import reverse

from explor.actors.organisations.models import Organisation
from explor.actors.organisations.pages import facts_of
from explor.actors.organisations.selectors import links_of
from explor.ground.http.actor import Actor

from . import rules, selectors


def pair_rows(network: int) -> list[dict[str, Any]]:
    """Return {one, two, why} for each likely pair: two organisations, and the reasons in French."""
    return [
        {"one": one, "two": two, "why": ", ".join(reasons)}
        for one, two, reasons in selectors.pairs_of(network)
    ]


def links_to_move(other: Organisation) -> list[tuple[str, int]]:
    """Return (French plural name, number of rows) for each kind of row that references `other`."""
    return [
        (str(relation.related_model._meta.verbose_name_plural), count)
        for relation, count in links_of(other)
    ]


def comparison_of(kept: Organisation, other: Organisation) -> dict[str, Any]:
    """Return the context of the page that compares two records of an organisation before a merge.

    Keys: `kept`, `other`, `moving` (rows to move), `sides` (values side by side), `columns`,
    `apart` (whether their SIREN differ) and `verified` (whether `kept` takes the verification of
    `other`).
    """
    return {
        "kept": kept,
        "other": other,
        "moving": links_to_move(other),
        "sides": side_by_side(kept, other),
        "columns": ["Rubrique", "On garde", "On efface"],
        "apart": rules.have_different_siren(kept, other),
        "verified": rules.is_verified_by_merge(kept, other),
    }


def side_by_side(kept: Organisation, other: Organisation) -> list[tuple[str, str, str]]:
    """Return (label, value in `kept`, value in `other`) for the name, state and declared fields."""
    pairs = zip(facts_of(kept), facts_of(other), strict=True)
    state = ("État", kept.get_state_display(), other.get_state_display())
    rows = [(name, _text(one), _text(two)) for (name, one), (_, two) in pairs]
    return [("Nom", kept.name, other.name), state, *rows]


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def tools_of(actor: Actor, organisation: Organisation) -> list[tuple[str, str]]:
    """Return the (label, URL) link to the list of duplicates for an officer; [] for other roles.

    `organisation` is unused.
    """
    if actor.role != "reseau":
        return []
    return [("Chercher un double", reverse("duplicates:reseau_duplicates", args=[actor.key]))]
