"""Answers to the questions of the leave schemes, and confirmation of the one chosen."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.journey.leave_readings import actions as leave_readings
from explor.journey.leave_readings.models import KeptReading
from explor.journey.proposals.rules import own_seat

from .. import engine, rules
from ..models import Release
from .signatories import ask_signatories


@transaction.atomic
def confirm_scheme(release: Release, *, by: Actor, expected_version: int | None = None) -> Release:
    """Record that a named officer settles the questions that the chosen leave scheme raises today.

    Software must not decide the law. A question raised later requires another confirmation. The
    verdicts on the leave schemes are saved, and the next signatories are asked to sign.

    Raises:
        ActionNotAllowed: the officer is the expert, or the scheme is closed or raises no question.
        EditConflict: the release changed since `expected_version`.
    """
    reading = engine.reading_of(release, release.scheme, timezone.localdate())
    refusals = own_seat(by, release.proposal.expert)
    refusals += rules.missing_to_confirm(release, reading)  # before the questions are settled
    audit.update(
        release,
        "confirm_scheme",
        by=by,
        expected_version=expected_version,
        check=lambda row: refusals,
        changes={
            "confirmed_by": by.name,
            "confirmed_at": timezone.now(),
            "confirmed_questions": list(reading.questions),
        },
        details={"questions": list(reading.questions)},
    )
    keep_reading(release, KeptReading.Act.CONFIRM)
    ask_signatories(release)
    return release


@transaction.atomic
def answer_questions(
    release: Release, *, by: Actor, values: dict[str, Any], expected_version: int | None = None
) -> Release:
    """Save the answers of a party to the questions of the leave schemes, by key of their fact.

    The next signatories are asked to sign, if the answers make signing possible.

    Raises:
        EditConflict: the release changed since `expected_version`.
    """
    audit.update(release, "answer_questions", by=by, expected_version=expected_version)
    leave_readings.answer(engine.subjects(release), values, by=by)
    ask_signatories(release)  # the answer may settle the last question before signing
    return release


def keep_reading(release: Release, act: str) -> None:
    """Save today's verdicts on the leave schemes for `release`.

    Args:
        act: the action that they were evaluated for, a value of `KeptReading.Act`.
    """
    proposal = release.proposal
    leave_readings.keep(
        engine.verdicts(release, timezone.localdate()),
        act=act,
        expert=proposal.expert_id,
        need=proposal.need_id,
        start=proposal.start,
        end=proposal.end,
    )
