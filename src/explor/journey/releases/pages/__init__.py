"""URLs, facts, leave schemes, tasks, panels, progress and verb texts of the pages of releases."""

from dataclasses import replace
from operator import attrgetter, methodcaller
from typing import Any

from django.urls import reverse
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.reference.selectors import label
from explor.ground.ui.elision import of
from explor.ground.ui.export import Columns
from explor.ground.ui.parts import Panel, ProgressStep, Task
from explor.journey.leave_readings import pages as leave_pages
from explor.journey.leave_readings.engine import schemes_of_time
from explor.journey.leave_readings.models import LeaveAnswer
from explor.journey.leave_readings.selectors import readings_of
from explor.journey.proposals.rules import own_seat

from .. import engine, rules, selectors
from ..engine import Answers, LeaveReading
from ..models import Agreement, Release
from ..states import State
from . import clock
from .effects import (
    effects_of_approve as effects_of_approve,
)
from .effects import (
    effects_of_confirm as effects_of_confirm,
)
from .effects import (
    effects_of_lines as effects_of_lines,
)
from .effects import (
    effects_of_refuse as effects_of_refuse,
)
from .effects import (
    effects_of_sign as effects_of_sign,
)

# The columns of the file of the list.
EXPORTED: Columns = {
    "Numéro": attrgetter("file_number"),
    "Personne": attrgetter("proposal.expert.person.name"),
    "Mission": attrgetter("proposal.need.title"),
    "Du": attrgetter("proposal.start"),
    "Au": attrgetter("proposal.end"),
    "État": methodcaller("get_state_display"),
    "Réponse avant": attrgetter("answer_due"),
}
TONES: dict[str, str] = {
    State.REQUESTED: "warn",
    State.APPROVED: "info",
    State.REFUSED: "bad",
    State.AGREED: "good",
    State.ENDED: "neutral",
    State.TAKEN_OVER: "warn",
}


def url_of(actor: Actor, release: Release, page: str = "release") -> str:
    """Return the URL of a page of a release; `page` is its name after `releases:` and the role."""
    args = [release.pk] if actor.role == "expert" else [actor.key, release.pk]
    return reverse(f"releases:{actor.role}_{page}", args=args)


def waiting_for(actor: Actor) -> list[Task]:
    """Return the tasks of `actor` on releases: grant, sign, or name a signatory.

    The network may also have to confirm a leave scheme, to record a consent by silence, or to call
    the employer about an overdue urgent request. Only the 50 oldest releases count.
    """
    lines = []
    releases = list(selectors.waiting_of(actor))
    answers = engine.answers_of_all(releases, timezone.localdate()) if releases else None
    for release in releases:
        proposal = release.proposal
        who, url = proposal.expert.person.name, url_of(actor, release)
        why = f"{proposal.need.title} ({proposal.need.file_number})"
        if release.state == State.REQUESTED and (
            actor.role == "employeur" or not release.employer_id
        ):
            whom = release.by_employment(f"pour {who}", of(who))
            title = f"{label_of_approve(actor, release)} {whom}"
            urgent = release.urgent_at is not None
            lines.append(
                Task(title=title, url=url, why=why, until=release.answer_by, urgent=urgent)
            )
        elif release.state == State.REQUESTED and actor.role == "reseau":
            lines += clock.tasks_of_network(
                actor, release, Task(title="", url=url, why=why), answers
            )
        elif release.state == State.APPROVED and actor.role != "reseau":
            lines += _to_sign(actor, release, Task(title="", url=url, why=why), answers)
        elif actor.role == "reseau" and waits_for_confirmation(release, answers):
            title = f"Confirmer le cadre du départ {of(who)}"
            lines.append(Task(title=title, url=url, why=why))
        elif actor.role == "reseau" and release.agreement_id:
            lines += _to_name(actor, release, url, why)
    return lines


def _to_sign(actor: Actor, release: Release, task: Task, answers: Answers | None) -> list[Task]:
    """Return a party's task: sign, read what awaits its signature, or name a signatory."""
    if not rules.can_sign(actor, release):
        return _to_name(actor, release, task.url, task.why)
    reading, proposal = chosen_reading(release, answers), release.proposal
    missing = rules.missing_to_sign(release, reading, proposal)
    if not missing:
        title, until = "Signer la convention de mission", release.proposal.start
        return [replace(task, title=title, until=until)]
    if not release.agreement_id:
        return []
    title = "Relire la convention, pas encore à signer"
    return [replace(task, title=title, why=f"{task.why}. {' '.join(missing)}")]


def _to_name(actor: Actor, release: Release, url: str, why: str) -> list[Task]:
    """Return a task per signatory of the party of `actor` that has no name or no address.

    The network has a task per next signatory that has a name but no address.
    """
    if actor.role == "reseau":
        signatories = [each for each in rules.turns(release) if rules.lacks_address(each)]
    else:
        signatories = [each for each in rules.chain_of(release, actor.role) if not each.email]
    return [
        Task(title=f"Dire qui signe : {signatory.capacity}", url=url, why=why)
        for signatory in signatories
        if rules.can_name(actor, signatory)
    ]


def waits_for_confirmation(release: Release, answers: Answers | None = None) -> bool:
    """Return whether a release is approved and the network can confirm its leave scheme today."""
    if release.state != State.APPROVED:
        return False
    return not rules.missing_to_confirm(release, chosen_reading(release, answers))


def chosen_reading(release: Release, answers: Answers | None = None) -> LeaveReading:
    """Return today's verdict on the chosen leave scheme; raise KeyError before any is chosen."""
    return engine.reading_of(release, release.scheme, timezone.localdate(), answers)


def given_answers(release: Release) -> dict[str, LeaveAnswer]:
    """Return the answers that apply to a release, by key of their fact."""
    return leave_pages.given_answers(engine.subjects(release), timezone.localdate())


def questions(actor: Actor, release: Release) -> dict[str, Any]:
    """Return the form arguments: questions that `actor` may answer, and the known values."""
    today = timezone.localdate()
    readings = engine.verdicts(release, today)
    return leave_pages.questions_of(actor.role, engine.subjects(release), readings, today)


def context_of_confirm(actor: Actor, release: Release) -> dict[str, Any]:
    """Return what the network reads before it confirms the scheme.

    Keys: `schemes` (the chosen one, with its verdict of today), `answers`, and `history`, the
    verdicts saved with earlier actions, under `history_columns`.
    """
    return {
        "schemes": leave_pages.schemes_of([chosen_reading(release)]),
        "answers": leave_pages.answers_for(actor.role, given_answers(release)),
        "history": leave_pages.history_of(
            readings_of(release.proposal.expert_id, release.proposal.need_id), release.scheme
        ),
        "history_columns": ["Acte", "Lecture", "Dates lues", "Le"],
    }


def replaced_agreements(release: Release) -> list[Agreement]:
    """Return the replaced versions of the agreement, the oldest first."""
    return [each for each in release.agreements.order_by("rank") if each.replaced_at]


def facts_of(actor: Actor, release: Release) -> list[tuple[str, object]]:
    """Return the facts about a release, as (label, value) pairs.

    Only the employer and the network see the reason of a refusal.
    """
    reason = release.refusal if actor.role in ("employeur", "reseau") else ""
    proposal = release.proposal
    scheme = label("leave_schemes", release.scheme) if release.scheme else ""
    answered = [
        ("Cadre", scheme),
        ("Cadre confirmé par le réseau", release.confirmed_by),
        ("Motif du refus", reason),
    ]
    return [
        ("Personne", proposal.expert.person.name),
        ("Mission", proposal.need.title),
        ("Association", proposal.need.association.name),
        *_employer_of(release),
        ("Dates", f"du {proposal.start:%d/%m/%Y} au {proposal.end:%d/%m/%Y}"),
        *((name, value) for name, value in answered if value),
    ]


ENDINGS: dict[str, tuple[str, str]] = {
    State.REFUSED: (
        "L’employeur a refusé son accord : la recherche reprend.",
        "Le départ est refusé : la recherche reprend.",
    ),
    State.ENDED: (
        "L’accord de l’employeur n’est plus demandé : la proposition n’est plus acceptée par tous.",
        "Le départ n’est plus à accorder : la proposition n’est plus acceptée par tous.",
    ),
}


def ending_of(release: Release) -> str:
    """Return why a release is refused or ended, "" for any other release."""
    return release.by_employment(*ENDINGS[release.state]) if release.state in ENDINGS else ""


def schemes_of(release: Release) -> list[LeaveReading]:
    """Return today's verdicts on the leave schemes.

    For a person without employer, only the schemes that this person may use are returned.
    """
    readings = engine.verdicts(release, timezone.localdate())
    if not release.without_employer:
        return readings
    usable = rules.schemes_without_employer(readings)
    return [each for each in readings if each.code in usable]


def shown_schemes(release: Release, read: list[LeaveReading]) -> list[dict[str, Any]]:
    """Return the rows of the schemes of a page: the chosen one, else all.

    A row has `reading` (the verdict), `badge` and `facts`. A scheme to check whose questions the
    network settled has the badge « confirmé » and no question left.
    """
    rows = leave_pages.schemes_of(each for each in read if release.scheme in ("", each.code))
    if not release.scheme or any(rules.unconfirmed(release, each["reading"]) for each in rows):
        return rows
    return [
        each
        | {
            "badge": ("confirmé par le réseau", "good"),
            "reading": replace(each["reading"], questions=()),
        }
        if each["reading"].verdict == "to_check"
        else each
        for each in rows
    ]


def _employer_of(release: Release) -> list[tuple[str, object]]:
    """Return the (label, value) fact about the employer, [] when the person has none."""
    if release.without_employer:
        return []
    return [("Employeur", release.employer.name if release.employer else "")]


def steps(need: Any, seat: int | None = None) -> list[ProgressStep]:
    """Return the step of the release in the progress bar of a need."""
    release = selectors.current_of(need, seat)
    if release is None:
        return [ProgressStep(label="Accord de l’employeur", state="next")]
    if release.state == State.TAKEN_OVER and release.proposal.start <= timezone.localdate():
        return [ProgressStep(label=release.title, state="skipped")]  # left before Explor
    done = release.state == State.AGREED
    note = "convention signée" if done else release.state_label
    return [
        ProgressStep(
            label=release.title,
            state="done" if done else "present",
            who=release.employer.name if release.employer else "",
            when=release.decided_at or (None if release.without_request else release.answer_by),
            note=note,
        )
    ]


def for_mission(request: Request, mission: Any) -> Panel:
    """Return the panel of the release and its agreement, for the page of a mission."""
    actor = request.actor
    return _panel(actor, selectors.complete(mission.release))


def for_need(request: Request, need: Any) -> Panel | None:
    """Return the panel of a need's latest release that the actor may see; None if there is none."""
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
        "signatures": release.current_signatures,
        "left": rules.missing_to_conclude(release) if release.state == State.APPROVED else [],
    }
    return Panel(title=release.title, template="releases/_panel.html", context=context)


# Texts of the confirmation page of each verb (workflow action).


def label_of_approve(actor: Actor, release: Release) -> str:
    return release.by_employment("Donner l’accord", "Accorder le départ")


def title_of_refuse(actor: Actor, release: Release) -> str:
    return release.by_employment("Refuser l’accord", "Refuser le départ")


def blockers_of_approve(actor: Actor, release: Release) -> list[str]:
    """Return why `actor` cannot grant the release yet, empty when they can.

    Reasons: `actor` is the expert, the approval of a service is missing, or no scheme is possible
    for a person without employer. Otherwise the form offers the schemes, each with its verdict.
    """
    own = own_seat(actor, release.proposal.expert)
    if own or not release.without_employer:
        return own + rules.missing_services(release)
    readings = engine.verdicts(release, timezone.localdate())
    if rules.schemes_without_employer(readings):
        return []
    alone = schemes_of_time("none")
    return [why for each in readings if each.code in alone for why in each.why]


def blockers_of_confirm(actor: Actor, release: Release) -> list[str]:
    """Return why an officer cannot confirm the leave scheme, empty when they can."""
    own = own_seat(actor, release.proposal.expert)
    return own + rules.missing_to_confirm(release, chosen_reading(release))


def word_of(actor: Actor, release: Release) -> str:
    """Return for whom the network answers: the employer or, if not registered, « la personne ».

    Return "" in the other roles, which answer for themselves, and when the person has no employer,
    as the network then grants the release in its own name.
    """
    if actor.role != "reseau" or release.without_employer:
        return ""
    return release.employer.name if release.employer else "la personne"
