"""The minutes of a session, as data to draw."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from ..models import SELECTED, Bylaws, CommitteeMember, Decision, Recusal, Session
from ..rules import voting
from .files import bylaws_of


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """A title, the data of `document.typ`, and what the public page of the seal tells."""

    title: str
    data: dict[str, Any]
    facts: list[tuple[str, str]]


def minutes_of(session: Session) -> Minutes:
    """Who was there, who stood aside, what was decided on each file, by which votes and why."""
    call, bylaws = session.call, bylaws_of(session.call)
    decisions = list(
        session.decisions.select_related("need__association").order_by("decided_at", "pk")
    )
    title = f"Procès-verbal du comité du {timezone.localtime(session.on):%d/%m/%Y}"
    facts = [("Appel", call.title), ("Réseau", call.network.name), ("Dossiers", len(decisions))]
    return Minutes(
        title=title,
        data={
            "issuer": {"name": call.network.name, "accent": call.network.accent},
            "kicker": call.title,
            "lead": f"Séance du comité, {session.place}." if session.place else "Séance du comité.",
            "facts": [
                ["Séance du", session.on],
                ["Lieu", session.place],
                ["Règles de vote (exemple)", told_bylaws(bylaws)],
                *([label, str(value)] for label, value in facts),
            ],
            "sections": [_attendance(session), _aside(decisions), _summary(decisions)]
            + [_file(each) for each in decisions],
            "signatures": [_signature(session)],
        },
        facts=[(label, str(value)) for label, value in facts],
    )


def signed_minutes(session: Session) -> Minutes:
    """The minutes as they were read, with the signature; drawn anew when they were not kept."""
    read = Minutes(**session.told) if session.told else minutes_of(session)
    return replace(read, data={**read.data, "signatures": [_signature(session)]})


def told_bylaws(bylaws: Bylaws) -> str:
    """The voting rules in a sentence."""
    majority = str(bylaws.get_majority_display())
    casting = ", voix prépondérante de la présidence" if bylaws.casting else ""
    return f"présence de {bylaws.presence} %, majorité {majority}{casting}"


def _attendance(session: Session) -> dict[str, Any]:
    seats = CommitteeMember.objects.filter(call=session.call_id).select_related("person")
    present = set(session.present.values_list("pk", flat=True))
    rows = [
        [
            seat.person.name + (" (présidence)" if seat.chair else ""),
            "présence" if seat.pk in present else "absence",
            f"{timezone.localtime(seat.declared_at):%d/%m/%Y}" if seat.declared_at else "",
        ]
        for seat in seats.order_by("-chair", "person__name", "pk")
    ]
    asked = voting.asked_present(len(rows), bylaws_of(session.call).presence)
    met = "atteint" if len(present) >= asked else "non atteint"
    return {
        "title": "Présences",
        "paragraphs": [f"{len(present)} sur {len(rows)} ; quorum de {asked} {met}."],
        "table": {"head": ["Membre", "En séance", "Liens déclarés le"], "rows": rows},
    }


def _aside(decisions: list[Decision]) -> dict[str, Any]:
    recusals = Recusal.objects.filter(need__in=[each.need_id for each in decisions])
    rows = [
        [each.need.title, each.member.person.name, each.reason]
        for each in recusals.select_related("need", "member__person").order_by("need__title", "pk")
    ]
    if not rows:
        return {"title": "Déports", "paragraphs": ["Personne ne s’est mis en retrait."]}
    return {"title": "Déports", "table": {"head": ["Dossier", "Membre", "Lien"], "rows": rows}}


def _summary(decisions: list[Decision]) -> dict[str, Any]:
    rows = [
        [each.need.title, each.need.association.name, each.get_verdict_display(), _euros(each)]
        for each in decisions
    ]
    if not rows:
        return {"title": "Décisions", "paragraphs": ["Aucune décision n’a été prise."]}
    total = sum(each.amount or 0 for each in decisions if each.verdict in SELECTED)
    return {
        "title": "Décisions",
        "paragraphs": [f"Montant accordé en séance : {_told(total)}."],
        "table": {
            "head": ["Dossier", "Association", "Décision", "Montant"],
            "rows": rows,
            "numbers": [3],
        },
    }


def _file(decision: Decision) -> dict[str, Any]:
    casting = ", voix prépondérante de la présidence" if decision.casting else ""
    return {
        "title": decision.need.title,
        "paragraphs": [
            f"{decision.need.association.name}. "
            f"Décision : {decision.get_verdict_display()}, par {told_votes(decision)}{casting}.",
            *(line for line in decision.letter.splitlines() if line.strip()),
        ],
    }


def told_votes(decision: Decision) -> str:
    """« 5 pour, 1 contre, 0 abstention »."""
    return (
        f"{decision.votes_for} pour, {decision.votes_against} contre, "
        f"{decision.abstentions} abstention{'s' if (decision.abstentions or 0) > 1 else ''}"
    )


def _euros(decision: Decision) -> str:
    return _told(decision.amount) if decision.amount is not None else ""


def _told(amount: Any) -> str:
    return f"{amount:,.0f}".replace(",", "\u202f") + " €"


def _signature(session: Session) -> dict[str, Any]:
    chair = session.call.committee.filter(chair=True).select_related("person").first()
    signed = ""
    if session.signed_at:
        signed = (
            f"Signé à l’écran le {timezone.localtime(session.signed_at):%d/%m/%Y à %H h %M}, "
            f"empreinte du texte lu : {session.digest}"
        )
    name = session.signed_by or (chair.person.name if chair else "")
    return {"party": "La présidence du comité", "name": name, "signed": signed}
