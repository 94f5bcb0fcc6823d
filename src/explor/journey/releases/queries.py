"""Reads about releases."""

from typing import Any

from django.urls import reverse

from explor.ground.common.actor import Actor
from explor.ground.common.parts import Panel, Step, Waiting
from explor.ground.common.request import Request
from explor.ground.reference.queries import label

from . import rules
from .models import Release, ReleaseQuerySet
from .states import State

TONES: dict[str, str] = {
    State.ASKED: "warn",
    State.APPROVED: "info",
    State.REFUSED: "bad",
    State.AGREED: "good",
    State.ENDED: "neutral",
}


def whole(found: ReleaseQuerySet) -> ReleaseQuerySet:
    """The same releases with all that a page or a letter reads."""
    return found.select_related(
        "employer",
        "agreement",
        "introduction__expert__person",
        "introduction__need__association",
        "introduction__need__network",
    ).prefetch_related("signatures")


def url_of(actor: Actor, release: Release, page: str = "release") -> str:
    """A page of a release under the hat of `actor`."""
    args = [release.pk] if actor.hat == "expert" else [actor.key, release.pk]
    return reverse(f"releases:{actor.hat}_{page}", args=args)


def waiting_for(actor: Actor) -> list[Waiting]:
    """To approve, to sign; for the network, approvals that are late and frames to confirm."""
    states = (
        [State.APPROVED, State.ASKED] if actor.hat in ("employeur", "reseau") else [State.APPROVED]
    )
    found = whole(Release.objects.visible_to(actor).filter(state__in=states)).order_by("pk")[:50]
    lines = []
    for release in found:
        introduction = release.introduction
        who, url = introduction.expert.person.name, url_of(actor, release)
        why = introduction.need.title
        if release.state == State.ASKED and (actor.hat == "employeur" or not release.employer_id):
            title = f"Accorder la mise à disposition de {who}"
            lines.append(Waiting(title=title, url=url, why=why, until=release.answer_by))
        elif release.state == State.APPROVED and actor.hat != "reseau":
            if rules.can_sign(actor, release):
                title = "Signer la convention de mission"
                lines.append(Waiting(title=title, url=url, why=why, until=introduction.start))
        elif actor.hat == "reseau" and not release.confirmed_by and release.frame:
            title = f"Confirmer le cadre du départ de {who}"
            lines.append(Waiting(title=title, url=url, why=why))
    return lines


def facts_of(release: Release) -> list[tuple[str, object]]:
    """A release in pairs."""
    introduction = release.introduction
    return [
        ("Personne", introduction.expert.person.name),
        ("Mission", introduction.need.title),
        ("Association", introduction.need.association.name),
        ("Employeur", release.employer.name if release.employer else ""),
        ("Dates", f"du {introduction.start:%d/%m/%Y} au {introduction.end:%d/%m/%Y}"),
        ("Cadre", label("leave_frames", release.frame) if release.frame else ""),
        ("Cadre confirmé par le réseau", release.confirmed_by),
        ("Motif du refus", release.refusal),
    ]


def steps(need: Any) -> list[Step]:
    """The release, then the signed agreement."""
    release = (
        Release.objects.filter(introduction__need=need.pk)
        .exclude(state__in=(State.REFUSED, State.ENDED))
        .select_related("employer")
        .order_by("pk")
        .first()
    )
    if release is None:
        return [Step(label="Mise à disposition", state="next")]
    done = release.state == State.AGREED
    note = "convention signée" if done else release.get_state_display()
    return [
        Step(
            label="Mise à disposition",
            state="done" if done else "present",
            who=release.employer.name if release.employer else "",
            when=release.decided_at or release.answer_by,
            note=note,
        )
    ]


def for_mission(request: Request, mission: Any) -> Panel:
    """The agreement, on the page of the mission."""
    actor = request.actor
    release = whole(Release.objects.filter(pk=mission.release_id)).get()
    return _panel(actor, release)


def for_need(request: Request, need: Any) -> Panel | None:
    """The releases of a need, on its page."""
    actor = request.actor
    found = whole(Release.objects.visible_to(actor)).filter(introduction__need=need.pk)
    release = found.order_by("-pk").first()
    return _panel(actor, release) if release else None


def _panel(actor: Actor, release: Release) -> Panel:
    context = {
        "release": release,
        "tone": TONES[release.state],
        "url": url_of(actor, release),
        "file": url_of(actor, release, "agreement") if release.agreement_id else "",
        "signatures": release.signatures.all(),
        "left": rules.missing_to_conclude(release) if release.state == State.APPROVED else [],
    }
    return Panel(title="Mise à disposition", template="releases/_panel.html", context=context)
