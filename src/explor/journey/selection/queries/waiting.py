"""What waits for a member, for the chair, for the network."""

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from explor.ground.common.actor import Actor
from explor.ground.common.parts import Waiting

from .. import rules
from ..models import CommitteeMember, Decision, Opinion, Session
from ..states import AppealState, SessionState, State
from .files import bylaws_of
from .seats import member_of


def waiting_for_member(actor: Actor) -> list[Waiting]:
    """Ties to declare, files without a final opinion, minutes to sign."""
    member = member_of(actor)
    if member is None:
        return []
    lines = _as_chair(actor, member)
    if member.declared_at is None:
        url = reverse("selection:comite_declare", args=[actor.key])
        why = "Avant de rendre votre premier avis."
        lines.append(Waiting(title="Dire vos liens avec les dossiers", url=url, why=why))
    given = Q(need__opinions__member=member, need__opinions__final_at__isnull=False)
    silent = ~Q(pk__in=Decision.objects.filter(given)) & ~Q(need__recusals__member=member)
    found = Decision.objects.live().filter(silent, need__call=actor.scope, state=State.TO_DECIDE)
    blind = bylaws_of(member.call).blind
    for decision in found.select_related("need__association").order_by("pk")[:50]:
        title = f"Donner un avis sur « {decision.need.title} »"
        url = reverse("selection:comite_need", args=[actor.key, decision.need_id])
        why = "Lecture à l’aveugle." if blind else str(decision.need.association)
        until = member.call.committee_on
        lines.append(Waiting(title=title, url=url, why=why, until=until))
    return lines


def _as_chair(actor: Actor, member: CommitteeMember) -> list[Waiting]:
    if not member.chair:
        return []
    told = {
        SessionState.OPEN: ("Reprendre la séance ouverte", "Des décisions restent à noter."),
        SessionState.CLOSED: ("Signer le procès-verbal", "La séance est close."),
    }
    return [
        Waiting(
            title=told[SessionState(session.state)][0],
            url=reverse("selection:comite_session", args=[actor.key, session.pk]),
            why=told[SessionState(session.state)][1],
            urgent=session.state == SessionState.OPEN,
        )
        for session in Session.objects.filter(call=member.call_id, state__in=told)
    ]


def waiting_for_network(actor: Actor) -> list[Waiting]:
    """Requests for review, files to decide, then decisions to announce."""
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
        .annotate(opinions=_count(counted), judges=_count(seats))
    )
    lines = [_told(actor, decision) for decision in found.order_by("-state", "pk")[:50]]
    return [line for line in lines if line]


def _told(actor: Actor, decision: Any) -> Waiting | None:
    need, page = decision.need, "selection:reseau_decision"
    if decision.state == State.ANNOUNCED:
        title, page = f"Répondre à la demande de réexamen : {need.title}", "selection:reseau_appeal"
        why, until = f"Demandée par {need.appeal.by}.", None
    elif decision.state == State.DECIDED:
        title, why = f"Annoncer la décision : {need.title}", "Décidé, pas encore annoncé."
        until = need.call.committee_on
    elif decision.opinions >= rules.opinions_asked(need.call.quorum, decision.judges):
        title, why = f"Enregistrer la décision : {need.title}", "Les avis sont réunis."
        until = need.call.committee_on
    else:
        return None
    return Waiting(title=title, url=reverse(page, args=[actor.key, need.pk]), why=why, until=until)


def _count(rows: "QuerySet[Any]") -> Coalesce:
    """How many `rows` of a subquery, 0 included."""
    counted = rows.order_by().values(one=Value(1)).annotate(n=Count("pk", distinct=True))
    return Coalesce(Subquery(counted.values("n")), 0)
