"""Queries on decisions: needs before a committee, letters, announcements, refusals, appeals."""

from datetime import datetime
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from explor.actors.experts.selectors import tied_organisations
from explor.ground.http.actor import Actor
from explor.ground.ui.order import french_key
from explor.journey.calls.models import Call
from explor.journey.meetings.models import Meeting
from explor.journey.needs.models import Need, NeedQuerySet
from explor.journey.needs.selectors import with_texts

from ..models import SELECTED, Appeal, Decision
from ..states import AppealState, State


def needs_before_committee() -> "QuerySet[Any]":
    """Return the needs that have a decision, annotated with `undecided`, true until it is taken."""
    undecided = ExpressionWrapper(Q(decision__state=State.TO_DECIDE), output_field=BooleanField())
    return Need.objects.filter(decision__isnull=False).annotate(undecided=undecided)


def announced_of(call: Call) -> "QuerySet[Decision]":
    """Return the announced decisions of a call, the latest first."""
    results = Decision.objects.filter(need__call=call, state=State.ANNOUNCED)
    return results.select_related("need__association").order_by("-announced_at", "-pk")


def announced_needs() -> "QuerySet[Any, Any]":
    """Return a query of the primary keys of the needs announced as selected, which are public."""
    selected = Decision.objects.filter(state=State.ANNOUNCED, verdict__in=SELECTED)
    return selected.values("need")


def has_unannounced(meeting: Meeting) -> bool:
    """Return whether a decision taken in a meeting is not announced yet."""
    return Decision.objects.filter(meeting=meeting).exclude(state=State.ANNOUNCED).exists()


def letters_of(call: Call) -> "QuerySet[Decision]":
    """Return the decisions of a call that are taken and not announced, withdrawn needs excluded."""
    results = Decision.objects.live().filter(need__call=call, state=State.DECIDED)
    return results.select_related(
        "need__association", "need__call", "need__network", "need__appeal", "meeting"
    ).order_by(french_key("need__title"), "pk")


def own_associations(actor: Actor) -> set[int]:
    """Return the primary keys of the organisations for which an officer acts or works."""
    return set(tied_organisations(actor.person).values_list("pk", flat=True))


def missing_first_review(need: int) -> list[str]:
    """Return a reason when a need already has an appeal, pending or answered; else empty."""
    if Appeal.objects.filter(need=need).exists():
        return ["Un réexamen a déjà été demandé pour ce dossier."]
    return []


def due(now: datetime) -> list[int]:
    """Return the primary keys of the decisions whose letter is scheduled at `now` or before."""
    results = Decision.objects.filter(state=State.DECIDED, announce_at__lte=now)
    return list(results.order_by("announce_at", "pk").values_list("pk", flat=True))


def refused_needs(before: datetime) -> NeedQuerySet:
    """Return the needs refused by a decision before an instant, whose texts are not erased yet.

    A refusal is an announced decision that does not select the need (a deferral or a place on the
    waiting list included), without pending appeal.
    """
    refusals = Decision.objects.live().filter(state=State.ANNOUNCED, announced_at__lt=before)
    final = refusals.exclude(verdict__in=SELECTED).exclude(need__appeal__state=AppealState.PENDING)
    return with_texts(Need.objects.filter(pk__in=final.values("need")))
