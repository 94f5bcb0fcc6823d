"""Making, opening and closing a call."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from explor.actors.networks.models import Network
from explor.ground.common.actor import Actor
from explor.ground.journal.actions import amend, apply, record

from . import rules
from .models import Call, Criterion, Envelope, Funder, FunderMember

Lines = list[dict[str, Any]]

# A grid to begin with, an example that the network changes.
GRID = (
    ("Utilité pour le projet", "Le besoin naît-il du terrain, avec le partenaire ?", 3),
    ("Clarté des objectifs et des attendus", "Saura-t-on dire si la mission a réussi ?", 3),
    ("Faisabilité", "Dates, lieu, langue, sécurité.", 2),
    ("Suites", "Que se passera-t-il après la mission ?", 2),
)


@transaction.atomic
def draft(network: Network, *, by: Actor, **fields: Any) -> Call:
    """A network prepares a call; its grid begins as an example."""
    call = Call.objects.create(network=network, slug=free_slug(network, fields["title"]), **fields)
    Criterion.objects.bulk_create(
        Criterion(call=call, label=label, help=help_text, weight=weight, order=order)
        for order, (label, help_text, weight) in enumerate(GRID)
    )
    record(call, "draft", by=by)
    return call


def set_call(call: Call, *, by: Actor, changes: dict[str, Any], seen: int | None = None) -> Call:
    """Change a call; needs already begun keep the bounds they were begun with."""
    return amend(call, "set_call", by=by, seen=seen, changes=changes)


@transaction.atomic
def set_grid(call: Call, *, by: Actor, criteria: Lines, seen: int | None = None) -> Call:
    """Change the criteria by which the committee judges."""
    call.criteria.all().delete()
    Criterion.objects.bulk_create(
        Criterion(call=call, order=order, **line) for order, line in enumerate(criteria)
    )
    return amend(call, "set_grid", by=by, seen=seen)


@transaction.atomic
def fund(call: Call, *, by: Actor, funder: Funder, amount: Decimal) -> Envelope:
    """A funder puts an amount on a call, or changes it."""
    envelope, _ = Envelope.objects.update_or_create(
        call=call, funder=funder, defaults={"amount": amount}
    )
    record(call, "fund", by=by, details={"funder": funder.slug, "amount": str(amount)})
    return envelope


def open(call: Call, *, by: Actor, seen: int | None = None) -> Call:
    """Associations may file from the opening date on."""
    return apply(call, "open", by=by, seen=seen, check=rules.missing_to_open)


def close(call: Call, *, by: Actor, seen: int | None = None) -> Call:
    """Nobody files any more; the committee begins."""
    return apply(call, "close", by=by, seen=seen)


def end(call: Call, *, by: Actor, seen: int | None = None) -> Call:
    """Every need of the call has its answer."""
    return apply(call, "end", by=by, seen=seen)


def join_funder(person: Any, key: str, role: str) -> None:
    """An invited person reads figures for a funder."""
    FunderMember.objects.get_or_create(funder=Funder.objects.get(slug=key), person=person)


def free_slug(network: Network, title: str) -> str:
    """A URL name nobody has yet."""
    root = slugify(f"{network.slug} {title}")[:70].strip("-")
    taken = set(Call.objects.filter(slug__startswith=root).values_list("slug", flat=True))
    names = (f"{root}-{n + 1}" if n else root for n in range(len(taken) + 1))
    return next(name for name in names if name not in taken)
