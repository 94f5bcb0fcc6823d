"""URLs, home page tasks, panels and texts of the pages of releases."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.reference.selectors import label
from explor.ground.ui.parts import Panel, ProgressStep, Task
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo
from explor.journey.leave_readings.engine import LeaveReading

from . import engine, rules, selectors
from .models import Release
from .states import State

TONES: dict[str, str] = {
    State.REQUESTED: "warn",
    State.APPROVED: "info",
    State.REFUSED: "bad",
    State.AGREED: "good",
    State.ENDED: "neutral",
}


def url_of(actor: Actor, release: Release, page: str = "release") -> str:
    """Return the URL of a page of a release in the role of `actor`."""
    args = [release.pk] if actor.role == "expert" else [actor.key, release.pk]
    return reverse(f"releases:{actor.role}_{page}", args=args)


def waiting_for(actor: Actor) -> list[Task]:
    """Return a task per release to approve or sign or, for the network, per scheme to confirm."""
    lines = []
    for release in selectors.waiting_of(actor):
        proposal = release.proposal
        who, url = proposal.expert.person.name, url_of(actor, release)
        why = f"{proposal.need.title} ({proposal.need.file_number})"
        if release.state == State.REQUESTED and (
            actor.role == "employeur" or not release.employer_id
        ):
            title = f"{label_of_approve(actor, release)} de {who}"
            lines.append(Task(title=title, url=url, why=why, until=release.answer_by))
        elif release.state == State.APPROVED and actor.role != "reseau":
            if rules.can_sign(actor, release):
                title = "Signer la convention de mission"
                lines.append(Task(title=title, url=url, why=why, until=proposal.start))
        elif actor.role == "reseau" and not release.confirmed_by and release.scheme:
            title = f"Confirmer le cadre du départ de {who}"
            lines.append(Task(title=title, url=url, why=why))
    return lines


def facts_of(release: Release) -> list[tuple[str, object]]:
    """Return the facts about a release, as (label, value) pairs."""
    proposal = release.proposal
    return [
        ("Personne", proposal.expert.person.name),
        ("Mission", proposal.need.title),
        ("Association", proposal.need.association.name),
        *_employer_of(release),
        ("Dates", f"du {proposal.start:%d/%m/%Y} au {proposal.end:%d/%m/%Y}"),
        ("Cadre", label("leave_schemes", release.scheme) if release.scheme else ""),
        ("Cadre confirmé par le réseau", release.confirmed_by),
        ("Motif du refus", release.refusal),
    ]


def schemes_of(release: Release) -> list[LeaveReading]:
    """Return the leave schemes read today: without employer, those that the person may use."""
    readings = engine.verdicts(release, timezone.localdate())
    if not release.without_employer:
        return readings
    usable = rules.schemes_without_employer(readings)
    return [each for each in readings if each.code in usable]


def _employer_of(release: Release) -> list[tuple[str, object]]:
    """Return the fact about the employer, unless the person has none."""
    if release.without_employer:
        return []
    return [("Employeur", release.employer.name if release.employer else "")]


def steps(need: Any) -> list[ProgressStep]:
    """Return the step of the release in the progress bar of a need."""
    release = selectors.current_of(need)
    if release is None:
        return [ProgressStep(label="Mise à disposition", state="next")]
    done = release.state == State.AGREED
    note = "convention signée" if done else release.state_label
    return [
        ProgressStep(
            label=release.title,
            state="done" if done else "present",
            who=release.employer.name if release.employer else "",
            when=release.decided_at or release.answer_by,
            note=note,
        )
    ]


def for_mission(request: Request, mission: Any) -> Panel:
    """Return the panel of the release and its agreement, for the page of a mission."""
    actor = request.actor
    release = selectors.with_related(Release.objects.filter(pk=mission.release_id)).get()
    return _panel(actor, release)


def for_need(request: Request, need: Any) -> Panel | None:
    """Return the panel of the latest release of a need, for the page of the need."""
    actor = request.actor
    rows = selectors.with_related(Release.objects.visible_to(actor))
    release = rows.filter(proposal__need=need.pk).order_by("-pk").first()
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
    return Panel(title=release.title, template="releases/_panel.html", context=context)


# Texts of the confirmation page of each verb (workflow action).


def label_of_approve(actor: Actor, release: Release) -> str:
    return release.said("Accorder la mise à disposition", "Accorder le départ")


def title_of_refuse(actor: Actor, release: Release) -> str:
    return release.said("Refuser la mise à disposition", "Refuser le départ")


def blockers_of_approve(actor: Actor, release: Release) -> list[str]:
    """Return why the network can let a person without employer leave in no scheme, if so."""
    if not release.without_employer:
        return []
    readings = engine.verdicts(release, timezone.localdate())
    if rules.schemes_without_employer(readings):
        return []
    return [why for each in readings if each.code == rules.ALONE for why in each.why]


def word_of(actor: Actor, release: Release) -> str:
    """Return the name of the employer for whom the network answers, "" for the employer itself.

    The network answers for itself when there is no employer.
    """
    if actor.role != "reseau" or release.without_employer:
        return ""
    return release.employer.name if release.employer else "la personne"


def _parties(release: Release, reads: str, *, employer: bool = True) -> tuple[Notified, ...]:
    who = ["L’experte ou l’expert", "l’association", "le réseau"]
    who += ["l’employeur"] if employer and release.employer_id else []
    return (Notified(", ".join(who), reads),)


def effects_of_approve(actor: Actor, release: Release) -> Effects:
    granted = release.said("La mise à disposition est accordée", "Le départ est accordé")
    ended = release.said("la mise à disposition est classée", "le départ est classé")
    return Effects(
        happens=(
            Consequence(f"{granted}, dans le cadre que vous indiquez."),
            Consequence("La convention est établie ; chaque partie la relit et la signe."),
            Consequence("La préparation de la mission commence."),
            Consequence("La mission part.", release.proposal.start),
        ),
        notified=_parties(release, "« Convention à signer »"),
        undo=(
            Undo(
                "Ensuite",
                "L’accord ne se retire pas d’ici. Si la personne ne part plus, le réseau note son "
                f"désistement et {ended} sans suite.",
            ),
        ),
    )


def effects_of_refuse(actor: Actor, release: Release) -> Effects:
    return Effects(
        happens=(
            Consequence(
                release.said("La mise à disposition est refusée.", "Le départ est refusé.")
            ),
            Consequence("La proposition prend fin : la place est libre, la recherche reprend."),
        ),
        notified=_parties(release, "le refus et son motif", employer=False),
        undo=(Undo("Ensuite", "Un refus ne se reprend pas : il faut une nouvelle proposition."),),
    )


def effects_of_sign(actor: Actor, release: Release) -> Effects:
    last = len(rules.unsigned(release)) == 1
    happens = [Consequence("La signature porte sur la convention telle qu’elle est aujourd’hui.")]
    if last:
        happens += [Consequence("C’est la dernière : la convention engage toutes les parties.")]
    else:
        happens += [Consequence("La convention engage quand toutes les parties ont signé.")]
    return Effects(
        happens=happens,
        notified=_parties(release, "« Toutes les parties ont signé »") if last else (),
        undo=(Undo("Ensuite", "Une signature ne se retire pas."),),
    )


def effects_of_confirm(actor: Actor, release: Release) -> Effects:
    return Effects(
        happens=(
            Consequence(
                f"Le cadre « {label('leave_schemes', release.scheme)} » est confirmé à votre nom."
            ),
        ),
        undo=(Undo("Ensuite", "Une confirmation ne se retire pas."),),
    )
