"""Actions on a release: the employer grants it, the agreement is generated and signed."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.files.actions import Drawn, draw, keep_drawn
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.reference.selectors import label
from explor.ground.workflow.constraints import integrity_errors_as
from explor.journey.leave_readings.engine import as_kept
from explor.journey.proposals.actions import lock_needs, lose
from explor.journey.proposals.models import Proposal

from . import emails, engine, rules
from .models import Release, Signature

# Time that an employer has to answer: the legal 15 days of « congé de solidarité internationale ».
ANSWER = timedelta(days=15)


@transaction.atomic
def open_release(proposal: Proposal) -> Release:
    """Request the formal release from the employer, once every party accepted. Idempotent.

    An expert whose employer is not registered takes personal leave: only the agreement is needed.
    Without an employer, the network grants the departure.
    """
    if known := Release.objects.filter(proposal=proposal).first():
        return known
    release = Release(
        proposal=proposal,
        employer=proposal.employer,
        answer_by=timezone.localdate() + ANSWER,
    )
    release.verdicts = as_kept(engine.verdicts(release, timezone.localdate()))
    release.save()
    audit.log(release, "open_release", by=SYSTEM)
    emails.requested(release)
    return release


@transaction.atomic
def approve(
    release: Release, *, by: Actor, scheme: str, expected_version: int | None = None
) -> Release:
    """Grant the release under a legal leave scheme, and generate the agreement (PDF).

    Without an employer, the scheme is one of `rules.schemes_without_employer`.
    """
    drawn = _draw_agreement(release, scheme)  # before the row is locked, as rendering is slow
    changes = {"scheme": scheme, "decided_at": timezone.now()}
    audit.transition(
        release,
        "approve",
        by=by,
        expected_version=expected_version,
        check=_missing_to_approve,
        changes=changes,
    )
    network = release.proposal.need.network_id
    agreement = keep_drawn(drawn, kind="agreement", owner=release, by=by, network=network)
    audit.update(release, "draw_agreement", by=by, changes={"agreement": agreement})
    emails.approved(release)
    return release


def _missing_to_approve(release: Release) -> list[str]:
    missing = rules.missing_to_approve(release)
    if release.without_employer:
        readings = engine.verdicts(release, timezone.localdate())
        missing += rules.missing_without_employer(release.scheme, readings)
    return missing


def _draw_agreement(release: Release, scheme: str) -> Drawn:
    proposal = release.proposal
    need, expert = proposal.need, proposal.expert
    dates = f"du {proposal.start:%d/%m/%Y} au {proposal.end:%d/%m/%Y}"
    place = ", ".join(filter(None, [need.place, label("countries", need.country)]))
    facts = [
        ("Convention", release.agreement_number),
        ("Mission", need.title),
        ("Association", need.association.name),
        *_employer_of(release),
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


def _employer_of(release: Release) -> list[tuple[str, str]]:
    """Return the line of the agreement on the employer, unless the person has none."""
    if release.without_employer:
        return []
    return [("Employeur", release.employer.name if release.employer else "")]


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
    who = release.said("de l’employeur", "du réseau")
    lose(release.proposal, by=SYSTEM, reason=f"Refus {who} : {reason}")
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
    """Record a party's signature, on screen or on paper; the last one concludes the agreement."""
    audit.transition(
        release, "sign", by=by, expected_version=expected_version, check=rules.missing_to_sign
    )
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


def confirm_scheme(release: Release, *, by: Actor, expected_version: int | None = None) -> Release:
    """Record that an officer confirms the leave scheme, as software must not decide the law."""
    return audit.update(
        release,
        "confirm_scheme",
        by=by,
        expected_version=expected_version,
        changes={"confirmed_by": by.name},
    )


def end(
    release: Release, *, by: Actor, reason: str, expected_version: int | None = None
) -> Release:
    """End the release, as the expert will not go."""
    return audit.transition(release, "end", by=by, expected_version=expected_version, reason=reason)


def follow_loss(proposal: Proposal) -> None:
    """End the release of a proposal whose expert withdrew or whose seat was freed. Idempotent."""
    release = Release.objects.filter(proposal=proposal).first()
    if release and rules.is_open(release):
        end(release, by=SYSTEM, reason=proposal.get_state_display().capitalize())
