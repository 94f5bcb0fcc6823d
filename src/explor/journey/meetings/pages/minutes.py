"""The minutes of a meeting, as data for the template of the document."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from explor.ground.audit.models import Entry
from explor.ground.ui import hooks
from explor.ground.ui.order import french_key
from explor.journey.committees.models import CommitteeMember, Recusal
from explor.journey.committees.pages import voting_rules
from explor.journey.committees.selectors import bylaws_of

from ..models import Meeting
from ..rules import voting

PARTY = "La présidence du comité"

hooks.define("meetings:minutes", "callable(meeting) -> DecidedNeeds: what was decided, for minutes")


@dataclass(frozen=True, kw_only=True)
class DecidedNeeds:
    """Primary keys of the needs decided in a meeting, and the minutes' sections on them."""

    needs: list[int] = field(default_factory=list)
    sections: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """Title and data of the document of the minutes, and facts shown on its public seal page."""

    title: str
    data: dict[str, Any]
    facts: list[tuple[str, str]]


def minutes_of(meeting: Meeting) -> Minutes:
    """Return the minutes: attendance, recusals, and each decision with its votes and reasons."""
    call, bylaws = meeting.call, bylaws_of(meeting.call)
    decided = _decided_in(meeting)
    title = f"Procès-verbal du comité du {timezone.localtime(meeting.on):%d/%m/%Y}"
    facts = [
        ("Appel", call.title),
        ("Réseau", call.network.name),
        ("Dossiers", str(len(decided.needs))),
    ]
    return Minutes(
        title=title,
        data={
            "issuer": {"name": call.network.name, "accent": call.network.accent},
            "kicker": call.title,
            "lead": f"Séance du comité, {meeting.place}." if meeting.place else "Séance du comité.",
            "facts": [
                ["Séance du", meeting.on],
                ["Lieu", meeting.place],
                ["Règles de vote (exemple)", voting_rules(bylaws)],
                *([label, value] for label, value in facts),
            ],
            "sections": [_attendance(meeting), _recusals(decided.needs), *decided.sections],
            "signatures": [_signature(meeting)],
        },
        facts=facts,
    )


def signed_minutes(
    meeting: Meeting, *, signed_by: str, signed_at: datetime, digest: str
) -> Minutes:
    """Return the minutes as the chair read them, signed; computed again if no text was kept.

    Args:
        meeting: the meeting, ended.
        signed_by: the name of the signatory.
        signed_at: the moment of the signature.
        digest: the SHA-256 digest of the document that the signatory read.
    """
    kept = Minutes(**meeting.minutes_text) if meeting.minutes_text else minutes_of(meeting)
    words = (
        f"Signé à l’écran le {timezone.localtime(signed_at):%d/%m/%Y à %H h %M}, "
        f"empreinte du texte lu : {digest}"
    )
    signature = {"party": PARTY, "name": signed_by, "signed": words}
    return replace(kept, data={**kept.data, "signatures": [signature]})


def _decided_in(meeting: Meeting) -> DecidedNeeds:
    builders = hooks.get("meetings:minutes")
    return builders[0](meeting) if builders else DecidedNeeds()


def _attendance(meeting: Meeting) -> dict[str, Any]:
    present = set(meeting.present.values_list("pk", flat=True))
    members = CommitteeMember.objects.filter(call=meeting.call_id).select_related("person")
    if opened := Entry.objects.about(meeting).filter(verb="start_meeting").last():
        members = members.filter(  # nobody misses a meeting that began before they joined
            Q(joined_at=None) | Q(joined_at__lte=opened.at) | Q(pk__in=present)
        )
    rows = [
        [
            member.person.name + (" (présidence)" if member.chair else ""),
            "présence" if member.pk in present else "absence",
            f"{timezone.localtime(member.declared_at):%d/%m/%Y}" if member.declared_at else "",
        ]
        for member in members.order_by("-chair", french_key("person__name"), "pk")
    ]
    required = voting.required_presence(len(rows), bylaws_of(meeting.call).presence)
    met = "atteint" if len(present) >= required else "non atteint"
    return {
        "title": "Présences",
        "paragraphs": [f"{len(present)} sur {len(rows)} ; quorum de {required} {met}."],
        "table": {"head": ["Membre", "En séance", "Liens déclarés le"], "rows": rows},
    }


def _recusals(needs: list[int]) -> dict[str, Any]:
    recusals = Recusal.objects.filter(need__in=needs)
    rows = [
        [f"{each.need.file_number} {each.need.title}", each.member.person.name, each.reason]
        for each in recusals.select_related("need", "member__person").order_by(
            french_key("need__title"), "pk"
        )
    ]
    if not rows:
        return {"title": "Déports", "paragraphs": ["Personne ne s’est mis en retrait."]}
    return {"title": "Déports", "table": {"head": ["Dossier", "Membre", "Lien"], "rows": rows}}


def _signature(meeting: Meeting) -> dict[str, Any]:
    """Return the blank signature block of the chair: `party`, `name` and an empty `signed`."""
    chair = meeting.call.committee.filter(chair=True).select_related("person").first()
    return {"party": PARTY, "name": chair.person.name if chair else "", "signed": ""}
