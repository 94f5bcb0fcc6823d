"""Actions on incidents: report, confide, note measures, close, reopen, name readers, erase."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from explor.actors.networks.models import Network, Officer
from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.missions.models import Mission

from . import emails, rules
from .models import ConfidentialReader, Incident, Measure
from .selectors import lasting_of
from .states import Level


@transaction.atomic
def report(
    mission: Mission,
    *,
    by: Actor,
    on: date,
    level: str,
    what: str,
    accident: bool = False,
    place: str = "",
    done: str = "",
) -> Incident:
    """Report an incident of a mission, and email the officers of its network at once.

    Raises:
        ActionNotAllowed: nobody has left, the return is over 15 days ago, or the day `on` is in the
            future or before the departure.
    """
    locked, today = _locked(mission), timezone.localdate()
    if missing := rules.missing_to_report(locked, today):
        raise ActionNotAllowed(*missing)
    if missing := rules.missing_on_day(locked, on, today):
        raise ActionNotAllowed(*missing)
    incident = Incident.objects.create(
        mission=locked, on=on, level=level, accident=accident, place=place, what=what, done=done,
        party=by.role, reporter_id=by.person,
    )  # fmt: skip
    audit.log(incident, "report", by=by, details={"level": level, "accident": accident})
    emails.reported(incident)
    return incident


@transaction.atomic
def confide(mission: Mission, *, by: Actor, on: date, what: str, place: str = "") -> Incident:
    """Save a confidential report, and email only the officers who may read it.

    The journal does not name the author, as any reader of the journal would then know who reported.

    Raises:
        ActionNotAllowed: nobody has left, the return is over a year ago, no officer may read the
            report, or the day `on` is in the future or before the departure.
    """
    locked, today = _locked(mission), timezone.localdate()
    if missing := rules.missing_to_confide(locked, today):
        raise ActionNotAllowed(*missing)
    if missing := rules.missing_on_day(locked, on, today):
        raise ActionNotAllowed(*missing)
    incident = Incident.objects.create(
        mission=locked, on=on, level=Level.SERIOUS, place=place, what=what, confidential=True,
        party=by.role, reporter_id=by.person,
    )  # fmt: skip
    audit.log(incident, "confide", by=SYSTEM)
    emails.confided(incident)
    return incident


def _locked(mission: Mission) -> Mission:
    """Lock a mission, so that its departure or return cannot be undone in the meantime."""
    rows = Mission.objects.select_for_update(of=("self",)).select_related("network")
    return rows.get(pk=mission.pk)


@transaction.atomic
def note_measure(
    incident: Incident, *, by: Actor, at: datetime, what: str, informed: str = ""
) -> Measure:
    """Record what the network did about an open incident, and who was informed.

    A recorded measure never changes.

    Raises:
        ActionNotAllowed: the incident is closed.
    """
    audit.update(incident, "note_measure", by=by, check=rules.missing_to_note)
    return Measure.objects.create(
        incident=incident, at=at, what=what, informed=informed, author_id=by.person
    )


def close(incident: Incident, *, by: Actor, expected_version: int | None = None) -> Incident:
    """Close an open incident.

    Raises:
        ActionNotAllowed: the network recorded no measure on it, or it is closed already.
        EditConflict: the incident changed since `expected_version`.
        PermissionDenied: `by` is not an officer.
    """
    return audit.transition(
        incident,
        "close",
        by=by,
        expected_version=expected_version,
        check=rules.missing_to_close,
    )


def reopen(incident: Incident, *, by: Actor, expected_version: int | None = None) -> Incident:
    """Reopen a closed incident, so that further measures can be recorded.

    Raises:
        ActionNotAllowed: the incident is not closed.
        EditConflict: the incident changed since `expected_version`.
        PermissionDenied: `by` is not an officer.
    """
    return audit.transition(incident, "reopen", by=by, expected_version=expected_version)


@transaction.atomic
def designate(network: Network, *, by: Actor, officers: Iterable[Officer]) -> None:
    """Replace the officers who read the confidential reports of a network by `officers`.

    Officers of other networks are ignored. Without any officer, the directors of the network read
    the reports.
    """
    own = Network.objects.select_for_update(of=("self",)).get(pk=network.pk)
    chosen = Officer.objects.filter(network=own, pk__in=[each.pk for each in officers])
    ConfidentialReader.objects.filter(officer__network=own).exclude(officer__in=chosen).delete()
    known = ConfidentialReader.objects.filter(officer__network=own).values("officer")
    added = [ConfidentialReader(officer=each) for each in chosen.exclude(pk__in=known)]
    ConfidentialReader.objects.bulk_create(added)
    keys = sorted(chosen.values_list("person", flat=True))
    audit.log(own, "designate_readers", by=by, details={"persons": keys})


@transaction.atomic
def erase_incident(incident: Incident, now: datetime) -> None:
    """Delete an incident and its measures at the end of its retention term.

    The caller checks the term; `now` is unused.
    """
    audit.log(incident, "erase_incident", by=SYSTEM)
    incident.delete()


def erase_words(person: Any, *, by: Actor) -> None:
    """Erase the texts of the minor incidents that an erased person reported.

    Serious incidents, accidents and confidential reports keep theirs, see `lasting_of`. `by` is
    unused, as nothing is logged.
    """
    minor = Incident.objects.filter(reporter=person).exclude(pk__in=lasting_of(person))
    minor.update(place="", what="", done="")
