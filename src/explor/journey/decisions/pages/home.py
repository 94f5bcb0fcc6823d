"""Tasks of a network about decisions, for its home."""

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from explor.ground.http.actor import Actor
from explor.ground.ui.parts import Task
from explor.journey.committees.models import CommitteeMember, Opinion
from explor.journey.committees.rules import required_opinions

from ..models import Decision
from ..states import AppealState, State

MAX_DECISIONS = 500  # the most that the home of a network loads


def tasks_of_network(actor: Actor) -> list[Task]:
    """Return one task for each appeal to answer, then for each call to decide or announce.

    The needs of a call with enough opinions make one task, and its decisions to announce another.
    Only the first `MAX_DECISIONS` open decisions are read.
    """
    tasks: list[Task] = []
    ready: dict[tuple[int, str], list[Any]] = {}
    decisions: list[Any] = list(_open_decisions(actor).order_by("-state", "pk")[:MAX_DECISIONS])
    for decision in decisions:
        call = decision.need.call
        if decision.state == State.ANNOUNCED:
            tasks.append(_review(actor, decision.need))
        elif decision.state == State.DECIDED or (
            decision.opinions >= required_opinions(call.quorum, decision.judges)
        ):
            ready.setdefault((call.pk, decision.state), []).append(decision.need)
    return tasks + [_ready(actor, state, needs) for (_, state), needs in ready.items()]


def _open_decisions(actor: Actor) -> "QuerySet[Decision]":
    """Return the decisions with a pending appeal, and those neither announced nor scheduled.

    The decisions are annotated with two numbers: `opinions`, of final opinions, and `judges`, of
    members who may judge the need.
    """
    judges = CommitteeMember.objects.filter(call=OuterRef("need__call")).exclude(
        recusals__need=OuterRef("need")
    )
    counted = Opinion.objects.counted().filter(need=OuterRef("need"))
    contested = Q(need__appeal__state=AppealState.PENDING)
    return (
        Decision.objects.visible_to(actor)
        .live()
        .filter(contested | (Q(announce_at=None) & ~Q(state=State.ANNOUNCED)))
        .select_related("need__call", "need__appeal")
        .only(
            *("state", "announce_at", "need__title", "need__created_at", "need__appeal__by"),
            *("need__call__title", "need__call__quorum", "need__call__committee_on"),
        )
        .annotate(opinions=_count(counted), judges=_count(judges))
    )


def _review(actor: Actor, need: Any) -> Task:
    return Task(
        title=f"Répondre à la demande de réexamen : {need.title}",
        url=reverse("decisions:reseau_appeal", args=[actor.key, need.pk]),
        why=f"{need.file_number}, demandée par {need.appeal.by}.",
    )


def _ready(actor: Actor, state: str, needs: list[Any]) -> Task:
    """Return one task about needs of one call: decide on them, or announce their decisions."""
    decided, call = state == State.DECIDED, needs[0].call
    verb = "Annoncer" if decided else "Enregistrer"
    what, page, pk = f"la décision : {needs[0].title}", "decision", needs[0].pk
    why = "Décidé, pas encore annoncé." if decided else "Les avis sont réunis."
    if len(needs) > 1:
        what, pk = f"{len(needs)} décisions : {call.title}", call.pk
        page = "letters" if decided else "ranking"
    else:
        why = f"{needs[0].file_number}. {why}"
    return Task(
        title=f"{verb} {what}",
        url=reverse(f"decisions:reseau_{page}", args=[actor.key, pk]),
        why=why,
        until=call.committee_on,
    )


def _count(rows: "QuerySet[Any]") -> Coalesce:
    """Return an SQL expression that counts `rows` as a subquery, 0 when there is none."""
    counted = rows.order_by().values(one=Value(1)).annotate(n=Count("pk", distinct=True))
    return Coalesce(Subquery(counted.values("n")), 0)
