"""Actions on the agreement of a release: generate, amend and invalidate its versions.

Also what makes it out of date: new dates, a new employer, a merged organisation.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from explor.actors.organisations.models import Kind, Organisation
from explor.ground.audit import actions as audit
from explor.ground.files import actions as files
from explor.ground.files.actions import Drawn
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.ground.workflow.apart import each_apart
from explor.journey.proposals.actions import lock_needs, name_employer
from explor.journey.proposals.rules import own_seat

from .. import emails, engine, rules
from ..models import Agreement, Release
from ..pages.papers import agreement_paper
from ..states import GRANTED, State
from .signatories import ask_signatories, make_chain, reset_chain


def draw_paper(release: Release, scheme: str) -> Drawn:
    """Render the next version of the agreement as an unsaved PDF.

    The first version is the agreement; each later one is an amendment.
    """
    rank = release.agreements.count()
    return files.draw(template="document.typ", **agreement_paper(release, scheme, rank))


def keep_paper(release: Release, drawn: Drawn, *, by: Actor) -> Agreement:
    """Save a PDF rendered by `draw_paper` as the current agreement, with the facts that it states.

    The verification page of the former version, if any, then leads to the new one. Missing
    signatories are created, and all of them are to be asked again.
    """
    network = release.proposal.need.network_id
    document = files.keep_drawn(drawn, kind="agreement", owner=release, by=by, network=network)
    if former := release.agreements.order_by("rank").last():
        files.replace(former.latest_document.seal, by=by, with_=document.seal)
    facts = rules.stated_facts(release)
    agreement = Agreement.objects.create(
        release=release,
        rank=release.agreements.count(),
        document=document,
        content=drawn.content,
        facts=facts,
        digest=rules.digest_of(facts),
    )
    audit.update(release, "draw_agreement", by=by, changes={"agreement": agreement})
    make_chain(release)
    reset_chain(release)
    return agreement


@transaction.atomic
def set_aside(release: Release, *, by: Actor, why: str, reason: str) -> None:
    """Invalidate the current agreement; its verification page says so too. Idempotent.

    Args:
        why: the public reason, shown to anyone who types the code; it must not mention a person.
        reason: the private reason given by the actor, saved only in the journal.
    """
    # Wait for an amendment that is being generated, so that it is invalidated too.
    Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
    agreement = Agreement.objects.filter(release=release, replaced_at=None).first()
    if agreement is None:
        return
    agreement.replaced_at = timezone.now()
    agreement.save()
    files.revoke(agreement.latest_document.seal, reason=why, by=by)
    audit.update(release, "set_aside", by=by, reason=reason, changes={"agreement": None})


@transaction.atomic
def amend(release: Release, *, by: Actor, reason: str) -> Release:
    """Replace the agreement after a fact that it states has changed, and ask the parties again.

    The agreement is replaced at once. When the leave scheme stays possible, a job generates an
    amendment for the parties to sign; otherwise the employer is asked for another scheme.
    """
    set_aside(release, by=by, why="Remplacée par un avenant.", reason=reason)
    reading = engine.reading_of(release, release.scheme, timezone.localdate())
    if closed := rules.closed_today(reading):
        return request_again(release, by=by, reason=reason, closed=closed)
    return audit.transition(release, "amend", by=by, reason=reason)


def follow_dates(release: Release, *, by: Actor, reason: str) -> Release:
    """Amend a granted release, or ask the employer again, after the dates of its mission changed.

    A release in another state is returned unchanged.
    """
    if release.state in GRANTED:
        return amend(release, by=by, reason=reason)
    if release.state == State.REQUESTED:
        return request_again(release, by=by, reason=reason)
    return release


@transaction.atomic
def request_again(
    release: Release, *, by: Actor, reason: str, closed: Sequence[str] = ()
) -> Release:
    """Ask the employer by email for its agreement to new dates; the network is notified too.

    The deadlines of the former dated request are cleared, so that the employer's silence on the
    former dates cannot become its consent to the new ones. So are the approvals of its services,
    which count from `state_since`.

    Args:
        reason: why the dates changed, which the employer does not read.
        closed: why the leave scheme that was granted is closed on these dates, empty otherwise.
    """
    why, start = " ".join([reason, *closed]), release.proposal.start
    audit.transition(release, "request_again", by=by, reason=why, changes=unanswered(start))
    emails.requested_again(release, reason, closed=closed)
    return release


@transaction.atomic
def ask_employer(release: Release, *, by: Actor, expected_version: int | None = None) -> Release:
    """Make the employer that the expert's profile now names a party, and ask for its answer.

    The release had no employer. It is requested from the beginning: its grant is cleared, and its
    agreement, if any, is no longer valid, even signed.

    Raises:
        ActionNotAllowed: see `rules.missing_to_ask_employer`, or the actor is the expert.
        EditConflict: the release changed since `expected_version`.
    """
    lock_needs([release.proposal.need_id])  # nobody withdraws meanwhile
    row = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
    refusals = own_seat(by, row.proposal.expert) + rules.missing_to_ask_employer(row)
    if refusals:
        raise ActionNotAllowed(*refusals)
    proposal = name_employer(release.proposal, by=by)
    audit.transition(
        release,
        "ask_employer",
        by=by,
        expected_version=expected_version,
        changes=unanswered(proposal.start) | {"employer": proposal.employer},
    )
    set_aside(release, by=by, why="L’employeur de la personne en devient partie.", reason="")
    make_chain(release)
    emails.requested(release)
    return release


def unanswered(start: date) -> dict[str, Any]:
    """Return the field values that clear the request, the answer and the grant of a release.

    `answer_by` is a new target day.

    Args:
        start: the first day of the mission.
    """
    return {
        "state_since": timezone.now(),
        "scheme": "",
        "decided_at": None,
        "confirmed_by": "",
        "confirmed_at": None,
        "confirmed_questions": [],
        "requested_scheme": "",
        "requested_on": None,
        "request_note": "",
        "request_proof": None,
        "urgent_at": None,
        "answer_at": None,
        "answer_by": rules.answer_hoped(start, timezone.localdate()),
        "assembly_on": None,
        "reminded_on": None,
    }


@transaction.atomic
def follow_merge(kept: Organisation, other: int, *, by: Actor) -> None:
    """Make the agreements that name a merged duplicate organisation name the kept record instead.

    Otherwise the agreement would no longer state its own association or employer, and nobody could
    sign it or leave. Its document does not change.

    Args:
        kept: the organisation that remains.
        other: the primary key of the duplicate merged into it.
    """
    party = "association" if kept.kind == Kind.ASSOCIATION else "employer"
    named = Agreement.objects.select_for_update(of=("self",)).filter(
        **{f"facts__{party}": str(other)}
    )
    for agreement in named.select_related("release").order_by("pk"):
        agreement.facts = agreement.facts | {party: str(kept.pk)}
        agreement.digest = rules.digest_of(agreement.facts)
        agreement.save(update_fields=["facts", "digest"])
        audit.log(agreement.release, "follow_merge", by=by, details={"other": other})


def draw_amendment(release: Release) -> None:
    """Generate the amendment of an amended release, and ask the parties to sign it. Idempotent.

    Nothing is generated once the mission has ended, since its agreement is no longer valid.

    Raises:
        EditConflict: the release changed while the PDF was generated, so that the PDF may state
            former facts; the job queue runs the job again.
    """
    if release.state != State.APPROVED or release.agreement_id or rules.missing_to_amend(release):
        return
    drawn = draw_paper(release, release.scheme)
    with transaction.atomic():
        row = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
        if row.state != State.APPROVED or row.agreement_id or rules.missing_to_amend(row):
            return
        if row.version != release.version:
            raise EditConflict(row.version)
        keep_paper(row, drawn, by=SYSTEM)
        emails.amended(row, without=ask_signatories(row))


def draw_missing_amendments() -> int:
    """Generate each missing amendment in its own transaction; return how many releases were tried.

    A release counts even when nothing can be generated for it.
    """

    def draw(release: Release) -> int:
        draw_amendment(release)
        return 1

    waiting = Release.objects.filter(state=State.APPROVED, agreement=None)
    return each_apart(waiting.order_by("pk"), draw, name="draw_missing_amendments")
