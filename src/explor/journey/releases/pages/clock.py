"""Page texts on the deadline of the employer's answer: facts, tasks, effects of the verbs."""

from dataclasses import replace

from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.ui.days import date_format
from explor.ground.ui.elision import of
from explor.ground.ui.parts import Task
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo
from explor.journey.leave_readings import pages as leave_pages
from explor.journey.proposals.rules import own_seat

from .. import engine, rules
from ..engine import Answers, LeaveReading
from ..models import Release
from ..states import State
from .recipients import parties


def effects_of_request(actor: Actor, release: Release) -> Effects:
    return Effects(
        happens=(
            Consequence("La demande est notée, avec son jour et sa preuve."),
            Consequence("Le délai de réponse de l’employeur court depuis ce jour, s’il y en a un."),
            Consequence(
                "Une demande urgente court depuis son heure : l’employeur est rappelé à la moitié "
                "du délai, près de sa fin, puis après."
            ),
        ),
        notified=(Notified("L’employeur, le réseau", "la demande et la date attendue"),),
        undo=(
            Undo("Avant la réponse", "Notez de nouveau la demande : la dernière compte."),
            Undo("Ensuite", "Le réseau seul change le jour qu’une autre partie a noté."),
        ),
    )


def effects_of_assembly(actor: Actor, release: Release) -> Effects:
    return Effects(
        happens=(Consequence("Chaque partie lit quand l’assemblée délibère."),),
        undo=(Undo("Avant la réponse", "Notez une autre date : elle remplace celle-ci."),),
    )


def blockers_of_silence(
    actor: Actor, release: Release, answers: Answers | None = None
) -> list[str]:
    """Return why `actor` cannot record today that the employer's silence is its consent, else [].

    Reasons: `actor` is the expert, or the silence is no consent.
    """
    own, today = own_seat(actor, release.proposal.expert), timezone.localdate()
    return own + rules.missing_to_note_silence(release, requested_reading(release, answers), today)


def requested_reading(release: Release, answers: Answers | None = None) -> LeaveReading | None:
    """Return today's verdict on the requested leave scheme, None before any request."""
    scheme = release.requested_scheme
    today = timezone.localdate()
    return engine.reading_of(release, scheme, today, answers) if scheme else None


def blockers_of_refuse(actor: Actor, release: Release) -> list[str]:
    """Return why an employer can no longer refuse (its silence became its consent), else []."""
    today = timezone.localdate()
    return rules.late_refusal(actor, release, requested_reading(release), today)


def tasks_of_network(
    actor: Actor, release: Release, about: Task, answers: Answers | None
) -> list[Task]:
    """Return the tasks of a network while the employer is silent: record a consent, or call.

    Args:
        about: the task to complete, without its title.
        answers: the answers about the release, loaded with those about others.
    """
    person = release.proposal.expert.person.name
    if not blockers_of_silence(actor, release, answers):
        return [replace(about, title=f"Constater l’accord tacite pour {person}")]
    if release.answer_at is None or release.answer_at > timezone.now():
        return []
    why = f"{about.why} La réponse était due avant le {release.answer_due}."
    title = f"Appeler l’employeur : demande urgente {of(person)}"
    return [replace(about, title=title, why=why, urgent=True)]


def effects_of_silence(actor: Actor, release: Release) -> Effects:
    return Effects(
        happens=(
            Consequence("L’employeur n’a pas répondu dans le délai : son silence vaut accord."),
            Consequence("Un constat daté est établi, puis la convention ; les parties la signent."),
            Consequence("La mission part.", release.proposal.start),
        ),
        notified=parties(release, "« Convention à signer »"),
        undo=(Undo("Ensuite", "Un accord tacite ne se retire pas d’ici."),),
    )


def clock_of(release: Release) -> list[tuple[str, object]]:
    """Return the known (label, value) facts on the employer's deadline; [] without employer."""
    if release.employer_id is None:
        return []
    return [(name, value) for name, value in _clock_of(release) if value]


def _clock_of(release: Release) -> list[tuple[str, object]]:
    """Return every fact on the deadline of the employer's answer, blank when it is not known."""
    scheme, reading = release.requested_scheme, requested_reading(release)
    hoped, awaited = release.answer_due, release.state == State.REQUESTED
    legal = reading is not None and (reading.answer_days or reading.answer_hours) is not None
    urgent_at = release.urgent_at
    return [
        ("Cadre demandé", reading.label if reading else ""),
        (
            "Demande urgente reçue le" if urgent_at else "Demande reçue le",
            date_format(urgent_at, "d/m/Y à H:i") or date_format(release.requested_on, "d/m/Y"),
        ),
        ("Preuve de la date", release.request_note or ("jointe" if scheme else "")),
        ("Réponse due avant le" if legal else "Réponse souhaitée avant le", awaited and hoped),
        ("Ce que dit le texte", leave_pages.answer_of(reading) if reading else ""),
        ("L’assemblée délibère le", date_format(release.assembly_on, "d/m/Y")),
        ("Dernier rappel à l’employeur", date_format(release.reminded_on, "d/m/Y")),
        ("Accord", "tacite" if release.consent_by_silence_id else ""),
    ]
