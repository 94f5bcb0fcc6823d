"""What waits for a member, for the chair, for the network."""

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from explor.ground.common.actor import Actor
from explor.ground.common.parts import Waiting

from .. import rules
from ..models import CommitteeMember, Decision, Opinion, Session
from ..states import AppealState, SessionState, State
from .seats import member_of

MOST = 500  # files of a network read for its home


def waiting_for_member(actor: Actor) -> list[Waiting]:
    """Ties to declare, files without a final opinion, minutes to sign."""
    member = member_of(actor)
    if member is None:
        return []
    lines = _sessions(actor, member)
    if member.declared_at is None:
        url = reverse("selection:comite_declare", args=[actor.key])
        why = "Avant de rendre votre premier avis."
        lines.append(Waiting(title="Dire vos liens avec les dossiers", url=url, why=why))
    given = Q(need__opinions__member=member, need__opinions__final_at__isnull=False)
    silent = ~Q(pk__in=Decision.objects.filter(given)) & ~Q(need__recusals__member=member)
    found = Decision.objects.live().filter(silent, need__call=actor.scope, state=State.TO_DECIDE)
    files = list(found.order_by("need__title", "pk").values_list("need", "need__title"))
    return lines + ([_to_judge(actor, member, files)] if files else [])


def _to_judge(actor: Actor, member: CommitteeMember, files: list[tuple[int, str]]) -> Waiting:
    """One line for all the files left, that leads to the first."""
    need, named = files[0][0], f"« {files[0][1]} »"
    what, why = f"{len(files)} dossiers", f"À commencer par {named}."
    if len(files) == 1:
        what, why = named, "C’est le dernier."
    url = reverse("selection:comite_need", args=[actor.key, need])
    until = member.call.committee_on
    return Waiting(title=f"Donner votre avis sur {what}", url=url, why=why, until=until)


def _sessions(actor: Actor, member: CommitteeMember) -> list[Waiting]:
    """Where to be, and what the chair has to do there."""
    found = Session.objects.filter(call=member.call_id)
    needs = reverse("selection:comite_needs", args=[actor.key])
    lines = [
        Waiting(
            title="Séance du comité",
            url=_session_url(actor, each) if member.chair else needs,
            why=f"À {timezone.localtime(each.on):%H h %M}, heure de Paris"
            + (f", {each.place}." if each.place else "."),
            until=timezone.localdate(each.on),
        )
        for each in found.filter(state=SessionState.PLANNED)
    ]
    if not member.chair:
        return lines
    told = {
        SessionState.OPEN: ("Reprendre la séance ouverte", "Des décisions restent à noter."),
        SessionState.CLOSED: ("Signer le procès-verbal", "La séance est close."),
    }
    for each in found.filter(state__in=told):
        title, why = told[SessionState(each.state)]
        urgent = each.state == SessionState.OPEN
        lines.append(Waiting(title=title, url=_session_url(actor, each), why=why, urgent=urgent))
    return lines


def _session_url(actor: Actor, session: Session) -> str:
    return reverse("selection:comite_session", args=[actor.key, session.pk])


def waiting_for_network(actor: Actor) -> list[Waiting]:
    """Requests for review, then what is to decide and to announce: a line for all of a call."""
    seats = CommitteeMember.objects.filter(call=OuterRef("need__call")).exclude(
        recusals__need=OuterRef("need")
    )
    counted = Opinion.objects.counted().filter(need=OuterRef("need"))
    contested = Q(need__appeal__state=AppealState.ASKED)
    found = (
        Decision.objects.visible_to(actor)
        .live()
        .filter(contested | (Q(announce_at=None) & ~Q(state=State.ANNOUNCED)))
        .select_related("need__call", "need__appeal")
        .only(
            *("state", "announce_at", "need__title", "need__appeal__by"),
            *("need__call__title", "need__call__quorum", "need__call__committee_on"),
        )
        .annotate(opinions=_count(counted), judges=_count(seats))
    )
    lines: list[Waiting] = []
    ready: dict[tuple[int, str], list[Any]] = {}
    files: list[Any] = list(found.order_by("-state", "pk")[:MOST])
    for decision in files:
        call = decision.need.call
        if decision.state == State.ANNOUNCED:
            lines.append(_contested(actor, decision.need))
        elif decision.state == State.DECIDED or (
            decision.opinions >= rules.opinions_asked(call.quorum, decision.judges)
        ):
            ready.setdefault((call.pk, decision.state), []).append(decision.need)
    return lines + [_ready(actor, state, needs) for (_, state), needs in ready.items()]


def _contested(actor: Actor, need: Any) -> Waiting:
    return Waiting(
        title=f"Répondre à la demande de réexamen : {need.title}",
        url=reverse("selection:reseau_appeal", args=[actor.key, need.pk]),
        why=f"Demandée par {need.appeal.by}.",
    )


def _ready(actor: Actor, state: str, needs: list[Any]) -> Waiting:
    """What is to decide, or to announce, on one call."""
    decided, call = state == State.DECIDED, needs[0].call
    verb = "Annoncer" if decided else "Enregistrer"
    what, page, pk = f"la décision : {needs[0].title}", "decision", needs[0].pk
    if len(needs) > 1:
        what, pk = f"{len(needs)} décisions : {call.title}", call.pk
        page = "letters" if decided else "ranking"
    return Waiting(
        title=f"{verb} {what}",
        url=reverse(f"selection:reseau_{page}", args=[actor.key, pk]),
        why="Décidé, pas encore annoncé." if decided else "Les avis sont réunis.",
        until=call.committee_on,
    )


def _count(rows: "QuerySet[Any]") -> Coalesce:
    """How many `rows` of a subquery, 0 included."""
    counted = rows.order_by().values(one=Value(1)).annotate(n=Count("pk", distinct=True))
    return Coalesce(Subquery(counted.values("n")), 0)
