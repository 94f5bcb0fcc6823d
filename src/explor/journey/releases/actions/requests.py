"""Actions on the request to the employer: open, reopen, record its date, grant, refuse, end.

Also record the day of a vote, the consent by silence, and the loss of the proposal.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.files import actions as files
from explor.ground.files.models import Document
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.sanitize import SanitizedFile
from explor.journey.leave_readings.models import KeptReading
from explor.journey.proposals.actions import lock_needs, lose
from explor.journey.proposals.models import Proposal
from explor.journey.proposals.rules import missing_employer, own_seat
from explor.journey.proposals.states import State as ProposalState

from .. import emails, engine, rules
from ..models import Release
from ..pages.papers import silence_paper
from ..states import State
from .agreements import draw_paper, keep_paper, set_aside
from .answers import keep_reading
from .signatories import ask_signatories, make_chain


@transaction.atomic
def open_release(proposal: Proposal) -> Release:
    """Return the release of an agreed proposal, created and requested from the employer if new.

    A release that ended because a party took back its acceptance is requested again. In both cases
    the verdicts on the leave schemes are saved, and the employer is asked by email for an answer:
    the network when the expert has no employer or one that is not registered. A release in another
    state is returned unchanged.

    Raises:
        ActionNotAllowed: the proposal is no longer agreed, as this job may run late.
    """
    lock_needs([proposal.need_id])
    answer_by = rules.answer_hoped(proposal.start, timezone.localdate())
    known = Release.objects.filter(proposal=proposal).first()
    release = known or Release(proposal=proposal, employer=proposal.employer, answer_by=answer_by)
    if missing := rules.missing_agreement(release):
        raise ActionNotAllowed(*missing)
    if known is None:
        release.save()
        audit.log(release, "open_release", by=SYSTEM)
        make_chain(release)
    elif known.state == State.ENDED:
        reopen(release, by=SYSTEM, answer_by=answer_by)
    else:
        return known
    keep_reading(release, KeptReading.Act.REQUEST)
    emails.requested(release)
    return release


@transaction.atomic
def reopen(release: Release, *, by: Actor, answer_by: date) -> Release:
    """Request again a release that ended because a party took back its acceptance."""
    changes = {"answer_by": answer_by, "reminded_on": None}
    return audit.transition(release, "reopen", by=by, changes=changes)


@transaction.atomic
def approve(
    release: Release, *, by: Actor, scheme: str, expected_version: int | None = None
) -> Release:
    """Grant the release under a leave scheme open or to check today, and generate the agreement.

    The next signatories with an address receive a link; the parties and the network are notified,
    except for these addresses. When the scheme is to check, no link is sent and nobody signs until
    an officer confirms it or answers settle it. A later agreement is an amendment of the former.

    Raises:
        PermissionDenied: `by` is neither the employer nor the network.
        ActionNotAllowed: the release no longer awaits an answer, `by` is an officer and the expert,
            a party took back its acceptance, the expert's employer changed, the approval of a
            service is missing, or the scheme is closed or, without an employer, is not one of
            `rules.schemes_without_employer`.
        EditConflict: the release changed since `expected_version`.
    """
    drawn = draw_paper(release, scheme)  # rendering is slow: do it before the row is locked
    changes = {"scheme": scheme, "decided_at": timezone.now()}
    lock_needs([release.proposal.need_id])  # nobody takes back a yes meanwhile

    def check(row: Release) -> list[str]:
        return own_seat(by, row.proposal.expert) + _missing_to_approve(row, scheme)

    audit.transition(
        release,
        "approve",
        by=by,
        expected_version=expected_version,
        check=check,
        changes=changes,
    )
    keep_reading(release, KeptReading.Act.APPROVE)
    keep_paper(release, drawn, by=by)
    _notify_of_grant(release)
    return release


def _notify_of_grant(release: Release) -> None:
    """Send links to those who can sign, and notify the others that the release is granted.

    The email also says whether the network must confirm the leave scheme before anyone signs.
    """
    reading = engine.reading_of(release, release.scheme, timezone.localdate())
    confirmed = not rules.unconfirmed(release, reading)
    emails.approved(release, confirmed=confirmed, without=ask_signatories(release))


def _missing_to_approve(release: Release, scheme: str) -> list[str]:
    """Return why a release cannot be granted in a scheme today, empty when it can."""
    if lost := rules.missing_agreement(release) + missing_employer(release.proposal):
        return lost
    readings = engine.verdicts(release, timezone.localdate())
    missing = [
        line for each in readings if each.code == scheme for line in rules.closed_today(each)
    ]
    if release.without_employer:
        missing += rules.missing_without_employer(scheme, readings)
    return missing + rules.missing_services(release)


@transaction.atomic
def record_request(
    release: Release,
    *,
    by: Actor,
    scheme: str,
    received_on: date,
    urgent_at: datetime | None = None,
    note: str = "",
    file: SanitizedFile | None = None,
    expected_version: int | None = None,
) -> Release:
    """Record the dated request of the person; notify the employer and the network.

    Raises EditConflict; ActionNotAllowed: no proof, recorded by another party, see `rules.clock`.

    Args:
        received_on: the day of its receipt, from which the employer's time to answer runs.
        urgent_at: when the employer received an urgent request, else None; replaces `received_on`.
        note, file: the proof of that day, one at least; the file of a former record stays valid.
    """
    _refuse_request(release, by, proven=bool(note.strip() or file or release.request_proof_id))
    changes = {
        "requested_scheme": scheme,
        "requested_on": timezone.localdate(urgent_at) if urgent_at else received_on,
        "urgent_at": urgent_at,
        "urgent_reminders": 0,
        "request_note": note.strip(),
        "request_proof": _proof(release, file, by) or release.request_proof,
    }
    audit.update(
        release,
        "record_request",
        by=by,
        expected_version=expected_version,
        check=lambda row: _date_the_answer(row, by),
        changes=changes,
    )
    keep_reading(release, KeptReading.Act.REQUEST)
    emails.request_received(release)
    return release


def _refuse_request(release: Release, by: Actor, *, proven: bool) -> None:
    """Lock the release; refuse a request without proof or already recorded by another party."""
    if not proven:
        raise ActionNotAllowed("Dites comment la date est prouvée, ou joignez la preuve.")
    row = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
    if reasons := rules.missing_to_note_again(by, row):
        raise ActionNotAllowed(*reasons)


def _date_the_answer(release: Release, by: Actor) -> list[str]:
    """Set when the answer to a request is due; return why the request cannot be recorded."""
    now, today = timezone.now(), timezone.localdate()
    received = release.requested_on or today
    reading = engine.reading_of(release, release.requested_scheme, today)
    release.answer_at = rules.urgent_answer_due(reading, release.urgent_at)
    if release.answer_at:
        release.answer_by = timezone.localdate(release.answer_at)
    else:
        release.answer_by = rules.answer_due(reading, received) or release.answer_by
    missing = rules.missing_to_record(release, reading, received, now)
    return missing or rules.missing_time_to_answer(by, release, reading, received, now)


def _proof(release: Release, file: SanitizedFile | None, by: Actor) -> Document | None:
    """Store the proof of the day of a request, None without a file."""
    if file is None:
        return None
    return files.store(
        file=file,
        kind="leave_request",
        title="Demande de la personne",
        owner=release,
        by=by,
        network=release.proposal.need.network_id,
        charged_to=(by.role == "employeur" and release.employer) or release.proposal.need.network,
    )


@transaction.atomic
def note_assembly(
    release: Release, *, by: Actor, on: date, expected_version: int | None = None
) -> Release:
    """Record the day on which the assembly of a public employer votes on the release.

    Raises:
        ActionNotAllowed: the day is past.
        EditConflict: the release changed since `expected_version`.
    """
    if on < timezone.localdate():
        raise ActionNotAllowed("Ce jour est passé : notez plutôt la réponse de l’employeur.")
    return audit.update(
        release,
        "note_assembly",
        by=by,
        expected_version=expected_version,
        changes={"assembly_on": on},
    )


@transaction.atomic
def note_silence(release: Release, *, by: Actor, expected_version: int | None = None) -> Release:
    """Record that the employer's silence is its consent, and issue the document that states so.

    The agreement is generated, as after an express approval.

    Raises:
        ActionNotAllowed: see `rules.missing_to_note_silence`, the officer is the expert, or a party
            no longer accepts the proposal.
        EditConflict: the release changed since `expected_version`.
    """
    today = timezone.localdate()
    requested = release.requested_scheme
    reading = engine.reading_of(release, requested, today) if requested else None
    refusals = rules.missing_to_note_silence(release, reading, today)
    refusals = own_seat(by, release.proposal.expert) + refusals
    if refusals or reading is None:
        raise ActionNotAllowed(*refusals)
    drawn = draw_paper(release, requested)
    statement = files.draw(template="document.typ", **silence_paper(release, reading))
    lock_needs([release.proposal.need_id])  # nobody takes back a yes meanwhile
    audit.transition(
        release,
        "note_silence",
        by=by,
        expected_version=expected_version,
        check=lambda row: rules.missing_agreement(row) + missing_employer(row.proposal),
        changes={"scheme": requested, "decided_at": timezone.now()},
    )
    keep_reading(release, KeptReading.Act.APPROVE)
    network = release.proposal.need.network_id
    document = files.keep_drawn(statement, kind="silence", owner=release, by=by, network=network)
    audit.update(release, "draw_silence", by=by, changes={"consent_by_silence": document})
    keep_paper(release, drawn, by=by)
    _notify_of_grant(release)
    return release


@transaction.atomic
def refuse(
    release: Release, *, by: Actor, reason: str = "", expected_version: int | None = None
) -> Release:
    """Refuse the release and end its proposal, so that the seat of the need is free again.

    A reason is required, except for an urgent request; an employer whose silence became consent
    cannot refuse (ActionNotAllowed). The expert, the association and the network are notified;
    only the network receives the reason.

    Raises:
        EditConflict: the release changed since `expected_version`.
    """
    lock_needs([release.proposal.need_id])  # lock before the journal, to avoid a deadlock
    today, requested = timezone.localdate(), release.requested_scheme
    reading = engine.reading_of(release, requested, today) if requested else None
    audit.transition(
        release,
        "refuse",
        by=by,
        expected_version=expected_version,
        reason=reason,
        check=lambda row: rules.missing_to_refuse(by, row, reading, reason, today),
        changes={"refusal": reason.strip(), "decided_at": timezone.now()},
    )
    emails.refused(release)
    who = release.by_employment("de l’employeur", "du réseau")
    why = reason.strip() or "sans motif, à une demande urgente"
    lose(release.proposal, by=SYSTEM, reason=f"Refus {who} : {why}")
    return release


@transaction.atomic
def end(
    release: Release, *, by: Actor, reason: str, expected_version: int | None = None
) -> Release:
    """End the release because the expert will not go; its agreement is no longer valid.

    Raises:
        EditConflict: the release changed since `expected_version`.
    """
    audit.transition(release, "end", by=by, expected_version=expected_version, reason=reason)
    set_aside(release, by=by, why="La mission n’aura pas lieu.", reason=reason)
    return release


@transaction.atomic
def follow_loss(proposal: Proposal) -> None:
    """End the release of a proposal that is no longer agreed. Idempotent.

    The expert withdrew, the seat was freed, or a party took back an acceptance given by mistake. If
    the proposal is agreed again when this job runs, the release goes on.
    """
    lock_needs([proposal.need_id])
    release = Release.objects.filter(proposal=proposal).first()
    if release is None or not (rules.is_open(release) and rules.missing_agreement(release)):
        return
    state = ProposalState(proposal.state)
    taken_back = state == ProposalState.PROPOSED
    reason = "Un oui donné par erreur est retiré." if taken_back else state.label.capitalize()
    end(release, by=SYSTEM, reason=reason)
