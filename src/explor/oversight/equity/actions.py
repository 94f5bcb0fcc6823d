"""Verbs on the voluntary question: ask it, answer it, erase answers, read them as groups.

No answer is journaled: the journal never changes, and an answer must stay erasable.
"""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from explor.actors.experts.models import Consent, Expert
from explor.actors.networks.models import Network
from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed

from . import rules, selectors
from .models import EquityAnswer, EquityReading, EquitySwitch


@transaction.atomic
def switch_on(network: Network, *, by: Actor, expected_version: int | None = None) -> EquitySwitch:
    """Ask the question to the people who let the network see their profile."""
    switch, _ = EquitySwitch.objects.select_for_update().get_or_create(network=network)
    if switch.on:
        raise ActionNotAllowed("Votre réseau pose déjà cette question.")
    changes = {"on": True, "since": timezone.localdate(), "by": by.name}
    return audit.update(
        switch, "switch_on", by=by, expected_version=expected_version, changes=changes
    )


@transaction.atomic
def switch_off(network: Network, *, by: Actor, expected_version: int | None = None) -> EquitySwitch:
    """Stop asking the question, and erase every answer that the network received."""
    switch = EquitySwitch.objects.select_for_update().filter(network=network, on=True).first()
    if switch is None:
        raise ActionNotAllowed("Votre réseau ne pose pas cette question.")
    EquityAnswer.objects.filter(switch=switch).delete()
    changes = {"on": False, "since": None, "by": by.name}
    return audit.update(
        switch, "switch_off", by=by, expected_version=expected_version, changes=changes
    )


@transaction.atomic
def answer(switch: EquitySwitch, *, expert: Expert, by: Actor, gender: str, age: str) -> None:
    """Keep the answer of a person, in place of the former one.

    Raises:
        ActionNotAllowed: the question is closed, or the network no longer sees the profile.
    """
    _own(expert, by)
    # Locked: a network that stops asking meanwhile leaves no answer behind.
    held = EquitySwitch.objects.select_for_update().get(pk=switch.pk)
    if missing := rules.missing_to_answer(held, selectors.is_visible_to(held.network_id, expert)):
        raise ActionNotAllowed(*missing)
    answered = {"gender": gender, "age": age, "day": timezone.localdate()}
    EquityAnswer.objects.update_or_create(switch=held, expert=expert, defaults=answered)


def erase(switch: EquitySwitch, *, expert: Expert, by: Actor) -> None:
    """Erase the answer of a person; do nothing when there is none."""
    _own(expert, by)
    EquityAnswer.objects.filter(switch=switch, expert=expert).delete()


def _own(expert: Expert, by: Actor) -> None:
    if by.role != "expert" or by.person != expert.person_id:
        raise PermissionDenied("only the person answers")


def erase_ended(*, today: date, expert: int | None = None) -> None:
    """Erase the answers past their term, and those to a network that no longer sees the profile.

    Args:
        today: the day on which answers are judged too old.
        expert: the key of one expert, or None for all of them.
    """
    standing = Consent.objects.filter(
        expert=OuterRef("expert"), network=OuterRef("switch__network"), withdrawn_at=None
    )
    ended = Q(day__lt=today - rules.KEPT) | ~Exists(standing) | Q(switch__on=False)
    answers = EquityAnswer.objects.filter(ended)
    (answers.filter(expert=expert) if expert else answers).delete()


@transaction.atomic
def read(switch: EquitySwitch, *, today: date) -> EquityReading | None:
    """Count the answers of the last twelve months as groups, when a reading is due."""
    held = EquitySwitch.objects.select_for_update().get(pk=switch.pk)
    period = selectors.window(today, rules.MONTHS[0])
    ends = list(held.readings.values_list("end", flat=True))
    if not rules.is_due(held, ends, period.start, today):
        return None
    tables = selectors.reading_tables(held, period)
    if not tables:
        return None
    return EquityReading.objects.create(
        switch=held, start=period.start, end=period.end, made_on=today, tables=tables
    )
