"""Actions on the voluntary question: ask, stop asking, answer, erase answers, save rates by group.

The voluntary question asks an expert their gender and age class, to check that matching is fair.

Answers are not written in the journal, which is never changed: an answer must stay erasable.
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
    """Start asking the voluntary question to the experts who let the network see their profile.

    Raises:
        ActionNotAllowed: the network already asks the question.
        EditConflict: the switch changed since `expected_version`.
    """
    switch, _ = EquitySwitch.objects.select_for_update().get_or_create(network=network)
    if switch.on:
        raise ActionNotAllowed("Votre réseau pose déjà cette question.")
    changes = {"on": True, "since": timezone.localdate(), "by": by.name}
    return audit.update(
        switch, "switch_on", by=by, expected_version=expected_version, changes=changes
    )


@transaction.atomic
def switch_off(network: Network, *, by: Actor, expected_version: int | None = None) -> EquitySwitch:
    """Stop asking the voluntary question, and erase every answer that the network received.

    Raises:
        ActionNotAllowed: the network does not ask the question.
        EditConflict: the switch changed since `expected_version`.
    """
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
    """Save the answer of an expert to the voluntary question, replacing any earlier answer.

    Raises:
        PermissionDenied: `by` is not the expert.
        ActionNotAllowed: the network no longer asks the question, or no longer sees the profile.
    """
    _own(expert, by)
    # Lock the row: no answer may be saved after another request has stopped the question.
    held = EquitySwitch.objects.select_for_update().get(pk=switch.pk)
    if missing := rules.missing_to_answer(held, selectors.is_visible_to(held.network_id, expert)):
        raise ActionNotAllowed(*missing)
    answered = {"gender": gender, "age": age, "day": timezone.localdate()}
    EquityAnswer.objects.update_or_create(switch=held, expert=expert, defaults=answered)


def erase(switch: EquitySwitch, *, expert: Expert, by: Actor) -> None:
    """Erase the answer of an expert; do nothing when there is none.

    Raises:
        PermissionDenied: `by` is not the expert.
    """
    _own(expert, by)
    EquityAnswer.objects.filter(switch=switch, expert=expert).delete()


def _own(expert: Expert, by: Actor) -> None:
    if by.role != "expert" or by.person != expert.person_id:
        raise PermissionDenied("only the person answers")


def erase_ended(*, expert: int | None = None) -> None:
    """Erase the answers that a network may no longer keep: of one expert, or of all for None.

    A network keeps answers while it asks the question and sees the profile.
    """
    standing = Consent.objects.filter(
        expert=OuterRef("expert"), network=OuterRef("switch__network"), withdrawn_at=None
    )
    ended = ~Exists(standing) | Q(switch__on=False)
    answers = EquityAnswer.objects.filter(ended)
    (answers.filter(expert=expert) if expert else answers).delete()


@transaction.atomic
def save_reading(switch: EquitySwitch, *, today: date) -> EquityReading | None:
    """Save the rates of proposals of the last twelve months, by gender and by age class.

    Returns:
        The saved `EquityReading`; None when no reading is due or too few people answered.
    """
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


def erase_answers(expert: Expert) -> None:
    """Erase every voluntary answer of a person whose profile is erased."""
    EquityAnswer.objects.filter(expert=expert).delete()
