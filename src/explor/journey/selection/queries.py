"""Reads about the selection."""

from typing import Any

from django.db.models import Avg, Count, F, Max, Min, Prefetch, Q, QuerySet, Value
from django.urls import reverse

from explor.ground.common.actor import Actor
from explor.ground.common.parts import Panel, Step, Waiting
from explor.ground.common.request import Request
from explor.journey.calls.models import Call

from .models import SELECTED, CommitteeMember, Decision, Opinion, Recusal
from .states import State


def committees_of(person: Any) -> "QuerySet[Any, Any]":
    """The committees a person sits on, as hats."""
    return CommitteeMember.objects.filter(person=person).annotate(
        hat_kind=Value("comite"),
        hat_key=F("call__slug"),
        hat_name=F("call__title"),
        hat_scope=F("call_id"),
        hat_accent=F("call__network__accent"),
    )


def call_named(slug: str) -> str:
    """« le comité de … »."""
    return f"le comité de « {Call.objects.get(slug=slug).title} »"


def member_of(actor: Actor) -> CommitteeMember | None:
    """The seat of `actor` on the committee whose hat they wear."""
    return (
        CommitteeMember.objects.filter(call=actor.scope, person=actor.person)
        .select_related("call", "person")
        .first()
    )


def files_of(member: CommitteeMember) -> "QuerySet[Any]":
    """The files of a member's committee, with their own opinion and their own recusals."""
    own = Opinion.objects.filter(member=member)
    return (
        Decision.objects.filter(need__call=member.call_id)
        .select_related("need__association", "need__network")
        .prefetch_related(
            Prefetch("need__opinions", queryset=own, to_attr="own_opinions"),
            Prefetch(
                "need__recusals",
                queryset=Recusal.objects.filter(member=member),
                to_attr="own_recusals",
            ),
        )
        .order_by("need__title", "pk")
    )


def ranking(call: Call) -> "QuerySet[Any]":
    """The files of a call by their mean score, with the spread and the number of opinions."""
    return (
        Decision.objects.filter(need__call=call)
        .select_related("need__association")
        .annotate(
            mean=Avg("need__opinions__score"),
            opinions=Count("need__opinions", distinct=True),
            spread=Max("need__opinions__score") - Min("need__opinions__score"),
            recusals=Count("need__recusals", distinct=True),
        )
        .order_by(F("mean").desc(nulls_last=True), "pk")
    )


def opinions_on(decision: Decision) -> "QuerySet[Opinion]":
    """The opinions on a file, for its network."""
    return (
        Opinion.objects.filter(need=decision.need_id)
        .select_related("member__person")
        .order_by("member__person__name")
    )


def waiting_for_member(actor: Actor) -> list[Waiting]:
    """Files on which a member has not said anything yet."""
    member = member_of(actor)
    if member is None:
        return []
    silent = ~Q(need__opinions__member=member) & ~Q(need__recusals__member=member)
    found = Decision.objects.filter(silent, need__call=member.call_id, state=State.TO_DECIDE)
    return [
        Waiting(
            title=f"Donner un avis sur « {decision.need.title} »",
            url=reverse("selection:comite_need", args=[actor.key, decision.need_id]),
            why=f"{decision.need.association}",
            until=member.call.committee_on,
        )
        for decision in found.select_related("need__association").order_by("pk")[:50]
    ]


def waiting_for_network(actor: Actor) -> list[Waiting]:
    """Files to decide, then decisions to announce."""
    found = (
        Decision.objects.visible_to(actor)
        .exclude(state=State.ANNOUNCED)
        .select_related("need__call")
        .annotate(opinions=Count("need__opinions"))
    )
    lines = []
    for decision in found.order_by("-state", "pk")[:50]:
        need = decision.need
        if decision.state == State.DECIDED:
            title, why = f"Annoncer la décision : {need.title}", "Décidé, pas encore annoncé."
        elif decision.opinions >= need.call.quorum:  # type: ignore[attr-defined]
            title, why = f"Enregistrer la décision : {need.title}", "Le quorum est atteint."
        else:
            continue
        url = reverse("selection:reseau_decision", args=[actor.key, need.pk])
        lines.append(Waiting(title=title, url=url, why=why, until=need.call.committee_on))
    return lines


def steps(need: Any) -> list[Step]:
    """The committee, then the announcement. A decision is not shown before it is announced."""
    decision = Decision.objects.filter(need=need.pk).first()
    if decision is None:
        ended = need.state in ("inadmissible", "withdrawn")
        state = "skipped" if ended else "next"
        return [Step(label="Comité", state=state), Step(label="Décision annoncée", state=state)]  # type: ignore[arg-type]
    announced = decision.state == State.ANNOUNCED
    committee = Step(
        label="Comité",
        state="done" if announced else "present",
        who="le comité",
        when=decision.decided_at if announced else need.call.committee_on,
    )
    told = Step(
        label="Décision annoncée",
        state="done" if announced else "next",
        who=need.network.name,
        when=decision.announced_at,
        note=decision.get_verdict_display() if announced else "",
    )
    return [committee, told]


def for_call(request: Request, call: Call) -> Panel:
    """The committee of a call and its files."""
    context = {
        "call": call,
        "members": call.committee.select_related("person").order_by("person__name"),
        "files": Decision.objects.filter(need__call=call).count(),
    }
    return Panel(title="Comité", template="selection/_panel_call.html", context=context)


def for_need(request: Request, need: Any) -> Panel | None:
    """The decision on a need, for those who may know it."""
    actor = request.actor
    decision = Decision.objects.visible_to(actor).filter(need=need.pk).first()
    if decision is None:
        return None
    context = {
        "decision": decision,
        "favourable": decision.verdict in SELECTED,
        "officer": actor.hat == "reseau",
        "need": need,
    }
    return Panel(title="Décision", template="selection/_panel_need.html", context=context)


def announced() -> "QuerySet[Any, Any]":
    """The keys of the needs whose selection is announced: what anyone may know of them."""
    chosen = Decision.objects.filter(state=State.ANNOUNCED, verdict__in=SELECTED)
    return chosen.values("need")
