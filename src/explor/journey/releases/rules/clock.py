"""The employer's answer in time: dated request, day of a vote, deadlines, silence, refusal."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.journey.leave_readings.engine import LeaveReading

from ..models import Release
from ..states import State
from .access import closed_today, is_concerned

HOPED = timedelta(days=15)
SILENCE = "CT-L3142-70"  # the article on the silence of an employer in an emergency


def may_record_request(actor: Actor, release: Release) -> bool:
    """Return whether `actor` may record the dated request of the person to the employer.

    True for the expert, the employer or the network of a release that awaits its employer's answer.
    """
    waits = release.state == State.REQUESTED and release.employer_id is not None
    return (
        waits and actor.role in ("expert", "employeur", "reseau") and is_concerned(actor, release)
    )


def may_note_assembly(actor: Actor, release: Release) -> bool:
    """Return whether `actor` may record the day on which the employer's assembly votes.

    True for a public employer or the network of its release, while the answer is awaited.
    """
    employer = release.employer
    waits = release.state == State.REQUESTED and employer is not None and employer.is_public
    return waits and actor.role in ("employeur", "reseau") and is_concerned(actor, release)


def missing_to_record(
    release: Release, reading: LeaveReading, on: date, now: datetime
) -> list[str]:
    """Return why a request cannot be recorded, empty when it can.

    Reasons: a day or an hour in the future, a closed scheme, or a scheme without urgent requests.
    """
    if on > timezone.localdate(now):
        return ["Une demande se note une fois reçue : ce jour est à venir."]
    if release.urgent_at and release.urgent_at > now:
        return ["Une demande se note une fois reçue : cette heure est à venir."]
    if release.urgent_at and not reading.is_urgent:
        return [f"Aucun texte ne prévoit de demande urgente : {reading.label}."]
    return closed_today(reading)


def missing_to_note_again(actor: Actor, release: Release) -> list[str]:
    """Return a reason when another party recorded the request, else [].

    Only the network may then change it: the employer's time to answer runs from that day, which
    neither the expert nor the employer may move alone.
    """
    if release.requested_on is None or actor.role == "reseau":
        return []
    noted = Entry.objects.about(release).filter(verb="record_request").last()
    if noted is None or noted.role == actor.role:
        return []
    return ["Une autre partie a noté cette demande : si le jour est faux, écrivez à votre réseau."]


def missing_time_to_answer(
    actor: Actor, release: Release, reading: LeaveReading, received: date, now: datetime
) -> list[str]:
    """Return a reason when an expert records a request whose answer is already due, else [].

    The silence would count as consent before the employer learns of the request, so the network
    records it, with its proof.
    """
    due = answer_due(reading, received)
    late = due is not None and due < timezone.localdate(now)
    if release.answer_at is not None:
        late = release.answer_at <= now
    if actor.role != "expert" or not late:
        return []
    return [
        "Le délai de réponse de l’employeur serait déjà passé : le réseau note cette demande, avec "
        "sa preuve."
    ]


def answer_hoped(start: date, today: date) -> date:
    """Return the day before which Explor asks for the answer: in 15 days, or before the mission.

    It is never before `today`. No law sets a deadline before the person's dated request.

    Args:
        start: the first day of the mission.
    """
    return min(today + HOPED, max(today, start - timedelta(days=1)))


def answer_due(reading: LeaveReading, received: date) -> date | None:
    """Return the last day for the employer to answer a request, None when no law sets one."""
    days = reading.answer_days
    return None if days is None else received + timedelta(days=days)


def urgent_answer_due(reading: LeaveReading, received: datetime | None) -> datetime | None:
    """Return the last moment to answer an urgent request; None when the request is not urgent.

    Elapsed hours count, even over the night when the clocks change.
    """
    hours = reading.answer_hours
    if received is None or hours is None:
        return None
    return received.astimezone(UTC) + timedelta(hours=hours)


def missing_to_refuse(
    actor: Actor, release: Release, reading: LeaveReading | None, reason: str, today: date
) -> list[str]:
    """Return why a refusal is not possible, empty when it is.

    A reason is required, except for an urgent request. An employer whose silence has become its
    consent can no longer refuse; the network may record a refusal received in time.
    """
    missing = late_refusal(actor, release, reading, today)
    if not (reason.strip() or release.urgent_at):
        missing.append("Un motif est demandé.")
    return missing


def late_refusal(
    actor: Actor, release: Release, reading: LeaveReading | None, today: date
) -> list[str]:
    """Return why an employer's refusal is too late: by law its silence became its consent.

    Empty for the network, which may record a refusal received in time, and while the silence is no
    consent (see `missing_to_note_silence`).
    """
    if actor.role != "employeur" or missing_to_note_silence(release, reading, today):
        return []
    return [
        f"Le délai pour répondre est passé depuis le {release.answer_by:%d/%m/%Y} : votre silence "
        "vaut accord. Écrivez au réseau."
    ]


def missing_to_note_silence(
    release: Release, reading: LeaveReading | None, today: date
) -> list[str]:
    """Return why the employer's silence is not its consent, empty when it is.

    Reasons: no dated request, a law that does not equate silence with consent, time left to answer,
    or a closed scheme.

    Args:
        reading: the verdict on the requested scheme, None before any request.
        today: the day on which the silence is recorded.
    """
    if release.requested_on is None or reading is None:
        return ["Aucune demande datée de la personne n’est notée."]
    if reading.is_urgent and not reading.silence_is_consent:
        texts = " ; ".join(str(each) for each in reading.articles if each.id == SILENCE)
        return [f"Demande urgente : le silence de l’employeur ne vaut pas accord ({texts})."]
    due = answer_due(reading, release.requested_on)
    if due is None or not reading.silence_is_consent:
        return [f"Le silence de l’employeur ne vaut pas accord : {reading.label}."]
    if today <= due:
        return [f"L’employeur peut répondre jusqu’au {due:%d/%m/%Y}."]
    return closed_today(reading)
