"""Permissions on releases; conditions to confirm, sign, amend, ask an employer or take back.

Also the facts that an agreement states, and the clause texts that a network may adopt.
"""

import json
from collections.abc import Iterable
from hashlib import sha256

from explor.actors.networks.rules import can_set
from explor.actors.networks.selectors import officer_of
from explor.ground.http.actor import Actor
from explor.ground.ui import hooks
from explor.journey.leave_readings.engine import (
    LeaveClause,
    LeavePaper,
    LeaveReading,
    all_papers,
    fields_of,
    schemes_of_time,
)
from explor.journey.proposals.models import Proposal
from explor.journey.proposals.rules import missing_employer, missing_to_lose
from explor.journey.proposals.states import State as ProposalState

from ..fields import KNOWN, TO_FILL
from ..models import ClauseText, Release
from ..states import State
from .access import can, closed_today, is_concerned

hooks.define("releases:amending", "callable(release) -> list[str]: why no amendment is drawn")

FACTS = {
    "person": "la personne",
    "association": "l’association",
    "employer": "l’employeur",
    "country": "le pays",
    "place": "le lieu",
    "start": "le premier jour",
    "end": "le dernier jour",
    "scheme": "le cadre",
}


def can_confirm(actor: Actor, release: Release) -> bool:
    """Return True for the network, from the choice of a leave scheme until all have signed."""
    waits = release.state == State.APPROVED
    return actor.role == "reseau" and waits and is_concerned(actor, release)


def can_answer(actor: Actor, release: Release) -> bool:
    """Return whether `actor` may answer the questions of the leave schemes.

    True for a party or the network, until all parties have signed the agreement.
    """
    open_to_answers = release.state in (State.REQUESTED, State.TAKEN_OVER, State.APPROVED)
    return open_to_answers and actor.role != "systeme" and is_concerned(actor, release)


def unconfirmed(release: Release, reading: LeaveReading) -> list[str]:
    """Return the questions of the chosen scheme that no officer of the network has settled."""
    settled = set(release.confirmed_questions) if release.confirmed_by else set()
    return [question for question in reading.questions if question not in settled]


def missing_to_confirm(release: Release, reading: LeaveReading) -> list[str]:
    """Return why the network cannot confirm the scheme, empty when it can.

    Reasons: the scheme is closed, or has no question left to settle.
    """
    if closed := closed_today(reading):
        return closed
    return [] if unconfirmed(release, reading) else ["Ce cadre n’a plus rien à confirmer."]


def missing_to_sign(
    release: Release, reading: LeaveReading, proposal: Proposal | None = None
) -> list[str]:
    """Return why nobody can sign yet, empty when signing is possible.

    Reasons: there is no agreement, a party withdrew, the person left the employer, or the scheme is
    closed or not confirmed. A withdrawal counts at once, before the job that ends the release ran.

    Args:
        reading: today's verdict on the scheme of the release.
        proposal: as for `missing_agreement`.
    """
    missing = [] if release.agreement_id else ["La convention n’est pas encore établie."]
    missing += missing_agreement(release, proposal) + missing_employer(release.proposal)
    missing += contradicted(release) + closed_today(reading)
    if unconfirmed(release, reading):
        missing.append("Votre réseau doit d’abord confirmer le cadre, à son nom.")
    return missing


def schemes_without_employer(readings: Iterable[LeaveReading]) -> list[str]:
    """Return the schemes in which a network may let a person without employer leave.

    The result has the scheme made for such persons, unless closed, and any other open scheme.
    """
    own = schemes_of_time("none")
    return [
        each.code
        for each in readings
        if each.verdict == "open" or (each.code in own and each.verdict != "closed")
    ]


def can_ask_employer(actor: Actor, release: Release) -> bool:
    """Return True for the network, when the release has no employer and the profile now names one.

    Only while the answer is awaited or the release is approved or signed.
    """
    named = release.employer_id is None and release.proposal.expert.employer_id is not None
    return named and can(actor, "ask_employer", release)


def missing_to_ask_employer(release: Release) -> list[str]:
    """Return why an employer named since the agreement cannot be asked, empty when it can.

    Reasons: it is a party already, no employer is named, the proposal ended, or the person left.
    """
    if release.employer_id is not None or release.proposal.expert.employer_id is None:
        return ["Il n’y a pas d’autre employeur à qui demander."]
    if missing_to_lose(release.proposal):
        return ["La mission a commencé : il n’y a plus d’accord à demander."]
    return missing_agreement(release)


def missing_without_employer(scheme: str, readings: Iterable[LeaveReading]) -> list[str]:
    """Return why a person without employer cannot leave in a scheme, empty when they can."""
    if scheme in schemes_without_employer(readings):
        return []
    return ["Ce cadre n’est pas ouvert à cette personne, que nul n’a à libérer."]


def stated_facts(release: Release) -> dict[str, str]:
    """Return the facts that the agreement of a release states today, as texts.

    Keys: `person`, `association`, `employer` (primary keys, "" without employer), `country`,
    `place`, `start`, `end` and `scheme`.
    """
    proposal = release.proposal
    need = proposal.need
    return {
        "person": str(proposal.expert_id),
        "association": str(need.association_id),
        "employer": str(release.employer_id or ""),
        "country": need.country,
        "place": need.place,
        "start": proposal.start.isoformat(),
        "end": proposal.end.isoformat(),
        "scheme": release.scheme,
    }


def digest_of(facts: dict[str, str]) -> str:
    """Return the SHA-256 of facts, in hexadecimal; the order of the facts does not matter."""
    return sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def contradicted(release: Release) -> list[str]:
    """Return one sentence with the facts that changed since the current agreement; [] if none."""
    if release.agreement is None:
        return []
    stated, today = release.agreement.facts, stated_facts(release)
    changed = [FACTS[name] for name in today if stated.get(name) != today[name]]
    return [f"La convention ne dit plus : {', '.join(changed)}."] if changed else []


def missing_to_amend(release: Release) -> list[str]:
    """Return why no amendment can be generated, from the checks of other capabilities."""
    return [reason for ask in hooks.get("releases:amending") for reason in ask(release)]


def missing_to_take_back(proposal: Proposal) -> list[str]:
    """Return what depends on the last acceptance of a proposal, so that it cannot be taken back.

    Reasons: the employer or the network answered, or a request or the day of a vote is recorded.
    Empty when the employer was only asked, or is no longer asked.
    """
    release = Release.objects.filter(proposal=proposal.pk).first()
    if release is None or release.state == State.ENDED:
        return []
    if release.state != State.REQUESTED or release.agreements.exists():
        who = release.by_employment("L’employeur a déjà répondu", "Le réseau a déjà répondu")
        return [f"{who} : un désistement se signale, un oui ne se retire plus."]
    if release.requested_on or release.assembly_on:
        return ["L’employeur a déjà noté une demande ou une date : un oui ne se retire plus."]
    return []


def missing_agreement(release: Release, proposal: Proposal | None = None) -> list[str]:
    """Return a reason unless every party still accepts the proposal of a release.

    Args:
        proposal: the proposal, loaded a moment ago for a page; None to query its state.
    """
    if proposal is None:
        agreed = Proposal.objects.agreed().filter(pk=release.proposal_id).exists()
    else:
        agreed = proposal.state == ProposalState.AGREED
    if agreed:
        return []
    return ["La proposition n’est plus acceptée par toutes les parties."]


def is_open(release: Release) -> bool:
    """Return True for a release that is neither refused nor ended."""
    return release.state not in (State.REFUSED, State.ENDED)


def can_read_paper(actor: Actor, release: Release, paper: LeavePaper) -> bool:
    """Return True for whoever signs or receives a paper of the release, and for its network."""
    concerned = actor.role == "reseau" or actor.role in paper.concerned
    return concerned and actor.role != "systeme" and is_concerned(actor, release)


def can_edit_papers(actor: Actor, network: int) -> bool:
    """Return True for the directors of the network, who answer for the texts of its papers."""
    return actor.role == "reseau" and actor.scope == network and can_set(actor, officer_of(actor))


def clause_of(text: ClauseText) -> LeaveClause:
    """Return the clause of the leave data that a network's clause text replaces.

    Raises:
        KeyError: no paper has this clause.
    """
    paper = {each.key: each for each in all_papers()}[text.paper]
    return {each.key: each for each in paper.clauses}[text.clause]


def missing_in_clause(text: ClauseText) -> list[str]:
    """Return why the text of a clause cannot be adopted, empty when it can.

    A clause required by law is never blank and keeps every field of the example; no clause has a
    field that Explor does not know.
    """
    clause, meanings = clause_of(text), KNOWN | TO_FILL
    names = fields_of(text.text)
    refusals = [f"« [{name}] » n’est pas un champ connu." for name in names if name not in meanings]
    if not clause.compulsory:
        return refusals
    if not text.text.strip():
        articles = " ; ".join(str(each) for each in clause.articles)
        return [f"Cette clause est obligatoire : {articles}."]
    lost = [name for name in clause.fields if name not in names]
    return refusals + [f"Gardez [{name}] : {meanings[name]}." for name in lost]
