"""Actions on a release: the employer grants it, the agreement is generated and signed."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.files.actions import Drawn, draw, keep_drawn
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.reference.selectors import label
from explor.ground.workflow.constraints import integrity_errors_as
from explor.journey.leave_readings import actions as leave_readings
from explor.journey.leave_readings.models import KeptReading
from explor.journey.proposals.actions import lock_needs, lose
from explor.journey.proposals.models import Proposal

from . import emails, engine, rules
from .models import Release, Signature

# Time that an employer has to answer: the legal 15 days of « congé de solidarité internationale ».
ANSWER = timedelta(days=15)


@transaction.atomic
def open_release(proposal: Proposal) -> Release:
    """Return the release of an agreed proposal, created and requested from the employer if new.

    An expert without a registered employer takes personal leave: only the agreement is needed.
    """
    if known := Release.objects.filter(proposal=proposal).first():
        return known
    release = Release(
        proposal=proposal,
        employer=proposal.employer,
        answer_by=timezone.localdate() + ANSWER,
    )
    release.save()
    audit.log(release, "open_release", by=SYSTEM)
    keep_reading(release, KeptReading.Act.REQUEST)
    emails.requested(release)
    return release


@transaction.atomic
def approve(
    release: Release, *, by: Actor, scheme: str, expected_version: int | None = None
) -> Release:
    """Grant the release under a leave scheme open or to check today, and draw the agreement.

    When the scheme is to check, nobody signs before the network confirms it by name.
    """
    drawn = _draw_agreement(release, scheme)  # before the row is locked, as rendering is slow
    changes = {"scheme": scheme, "decided_at": timezone.now()}

    def check(row: Release) -> list[str]:
        return rules.closed_today(engine.reading_of(row, scheme, timezone.localdate()))

    audit.transition(
        release,
        "approve",
        by=by,
        expected_version=expected_version,
        check=check,
        changes=changes,
    )
    keep_reading(release, KeptReading.Act.APPROVE)
    network = release.proposal.need.network_id
    agreement = keep_drawn(drawn, kind="agreement", owner=release, by=by, network=network)
    audit.update(release, "draw_agreement", by=by, changes={"agreement": agreement})
    emails.approved(release)
    return release


def _draw_agreement(release: Release, scheme: str) -> Drawn:
    proposal = release.proposal
    need, expert = proposal.need, proposal.expert
    dates = f"du {proposal.start:%d/%m/%Y} au {proposal.end:%d/%m/%Y}"
    place = ", ".join(filter(None, [need.place, label("countries", need.country)]))
    facts = [
        ("Convention", release.agreement_number),
        ("Mission", need.title),
        ("Association", need.association.name),
        ("Employeur", release.employer.name if release.employer else ""),
        ("Lieu", place),
        ("Dates", dates),
        ("Cadre", label("leave_schemes", scheme)),
    ]
    names = {
        "association": need.association.name,
        "expert": expert.person.name,
        "employeur": release.employer.name if release.employer else "",
    }
    return draw(
        template="document.typ",
        data={
            "issuer": {"name": need.network.name, "accent": need.network.accent},
            "reference": f"Convention {release.agreement_number}",
            "kicker": "Convention de mission (modèle : exemple)",
            "lead": f"Entre les signataires, pour la mission de {expert.person.name}.",
            "facts": [list(fact) for fact in facts],
            "sections": [
                {"title": "Objectifs", "paragraphs": [need.objectives]},
                {"title": "Résultats attendus", "paragraphs": [need.expected_results]},
            ],
            "signatures": [
                {"party": party, "name": names[party]} for party in rules.parties_of(release)
            ],
        },
        facts=[fact for fact in facts if fact[0] != "Employeur"],
        title="Convention de mission",
    )


@transaction.atomic
def refuse(
    release: Release, *, by: Actor, reason: str, expected_version: int | None = None
) -> Release:
    """Refuse the release, with the reason; the seat of the need is free for a new search."""
    lock_needs([release.proposal.need_id])  # before the journal's lock: no deadlock
    changes = {"refusal": reason, "decided_at": timezone.now()}
    audit.transition(
        release, "refuse", by=by, expected_version=expected_version, reason=reason, changes=changes
    )
    emails.refused(release)
    lose(release.proposal, by=SYSTEM, reason=f"Refus de l’employeur : {reason}")
    return release


@transaction.atomic
def sign(
    release: Release,
    *,
    by: Actor,
    party: str,
    name: str,
    on_paper: bool = False,
    expected_version: int | None = None,
) -> Release:
    """Record a party's signature, on screen or on paper; the last one concludes the agreement.

    Args:
        name: the name of the signatory.
    """

    def check(row: Release) -> list[str]:
        reading = engine.reading_of(row, row.scheme, timezone.localdate())
        return rules.missing_to_sign(row, reading)

    audit.transition(release, "sign", by=by, expected_version=expected_version, check=check)
    keep_reading(release, KeptReading.Act.SIGN)
    with integrity_errors_as(Signature):
        Signature.objects.create(
            release=release,
            party=party,
            name=name,
            on_paper=on_paper,
            sha256=release.agreement.sha256 if release.agreement else "",
        )
    if not rules.missing_to_conclude(release):
        conclude(release, by=by)
    return release


@transaction.atomic
def conclude(release: Release, *, by: Actor) -> Release:
    """Conclude the agreement, once every party has signed."""
    audit.transition(release, "conclude", by=by, check=rules.missing_to_conclude)
    emails.concluded(release)
    return release


@transaction.atomic
def confirm_scheme(release: Release, *, by: Actor, expected_version: int | None = None) -> Release:
    """Record that an officer, by name, settles the questions that the leave scheme raises today.

    Software must not decide the law. A question raised later asks for another confirmation.
    """
    reading = engine.reading_of(release, release.scheme, timezone.localdate())
    refusals = rules.missing_to_confirm(release, reading)  # before the questions are settled
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
    return release


@transaction.atomic
def answer_questions(
    release: Release,
    *,
    by: Actor,
    values: dict[str, Any],
    expected_version: int | None = None,
) -> Release:
    """Keep the answers of a party to the questions of the leave schemes, by key of their fact."""
    audit.update(release, "answer_questions", by=by, expected_version=expected_version)
    leave_readings.answer(engine.subjects(release), values, by=by)
    return release


def keep_reading(release: Release, act: str) -> None:
    """Keep how the leave schemes read today for `release`, on the day of an act."""
    proposal = release.proposal
    leave_readings.keep(
        engine.verdicts(release, timezone.localdate()),
        act=act,
        expert=proposal.expert_id,
        need=proposal.need_id,
        start=proposal.start,
        end=proposal.end,
    )


def end(
    release: Release, *, by: Actor, reason: str, expected_version: int | None = None
) -> Release:
    """End the release without further action, because the expert will not leave on the mission."""
    return audit.transition(release, "end", by=by, expected_version=expected_version, reason=reason)


def follow_loss(proposal: Proposal) -> None:
    """End the open release of a proposal whose expert withdrew or whose seat was freed, if any."""
    release = Release.objects.filter(proposal=proposal).first()
    if release and rules.is_open(release):
        end(release, by=SYSTEM, reason=proposal.get_state_display().capitalize())
