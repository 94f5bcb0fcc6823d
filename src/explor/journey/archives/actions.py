"""Actions on disposal lists: prepare, record the archives' answer, stop, erase, eliminate."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.ground.audit import actions as audit
from explor.ground.files.actions import store
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.sanitize import SanitizedFile
from explor.ground.workflow.constraints import integrity_errors_as
from explor.journey.budgets.actions import erase_papers
from explor.journey.budgets.selectors import OldPaper
from explor.journey.missions.models import Mission
from explor.journey.reports.actions import erase_written

from . import emails, pages, rules, selectors
from .models import Disposal, DisposalItem, DisposalLine, Kind

OldPapers = list[tuple[Mission, list[OldPaper]]]


@transaction.atomic
def prepare_disposal(network: Network, *, by: Actor, now: datetime | None = None) -> Disposal:
    """Create the disposal list of a public body's papers past their retention term; return it.

    The archives must approve the list before anything is erased. The directors of the network are
    notified.

    Raises:
        PermissionDenied: `by` is neither a director of the network nor the system.
        ActionNotAllowed: no paper is past its term, a list is already open, or the network is not a
            public body.
    """
    if not rules.can_prepare(by, network):
        raise PermissionDenied(f"{by.role} may not prepare a list of disposal")
    lines: defaultdict[tuple[str, int], OldPapers] = defaultdict(list)
    for mission, kind, papers in selectors.old_papers_of(network, now or timezone.now()):
        lines[kind, mission.back_on.year].append((mission, papers))  # type: ignore[attr-defined]
    if reasons := rules.missing_to_prepare(network, papers=bool(lines)):
        raise ActionNotAllowed(*reasons)
    with integrity_errors_as(Disposal):
        disposal = Disposal.objects.create(network=network)
    for (kind, year), old in lines.items():
        _add_line(disposal, kind, year, old)
    audit.log(disposal, "prepare_disposal", by=by, target=disposal.state)
    emails.prepared(disposal)
    return disposal


def _add_line(disposal: Disposal, kind: str, year: int, old: OldPapers) -> None:
    papers = [paper for _, papers in old for paper in papers]
    line = DisposalLine.objects.create(
        disposal=disposal,
        kind=kind,
        year=year,
        papers=len(papers),
        size=sum(paper.size for paper in papers),
        first_on=min(paper.day for paper in papers),
        last_on=max(paper.day for paper in papers),
        ground=pages.ground_of(kind),
    )
    DisposalItem.objects.bulk_create(
        DisposalItem(line=line, mission=mission, papers=[paper.row for paper in papers])
        for mission, papers in old
    )


@transaction.atomic
def endorse_disposal(
    disposal: Disposal,
    *,
    by: Actor,
    reference: str,
    on: date,
    file: SanitizedFile | None,
    kept: Iterable[DisposalLine] = (),
    expected_version: int | None = None,
) -> Disposal:
    """Record the archives' approval and notify directors; a nightly job erases the lines not kept.

    Raises:
        PermissionDenied: `by` is not a director of the network.
        ActionNotAllowed: see `rules.missing_to_endorse`, or the list is answered or stopped.
        EditConflict: the list changed since `expected_version`.
    """
    _require_can_act(by, "endorse_disposal", disposal)
    kept, today = list(kept), timezone.localdate()
    if reasons := rules.missing_to_endorse(disposal, kept=kept, on=on, today=today, visa=file):
        raise ActionNotAllowed(*reasons)
    visa = store(
        file=file,  # type: ignore[arg-type]  # refused above without one
        kind="visa",
        title=f"Visa des archives {disposal.file_number}",
        owner=disposal,
        by=by,
        network=disposal.network_id,
    )
    row = audit.transition(
        disposal,
        "endorse_disposal",
        by=by,
        expected_version=expected_version,
        changes={"reference": reference, "endorsed_on": on, "visa": visa},
        details={"reference": reference, "kept": [str(line) for line in kept]},
    )
    row.lines.filter(pk__in=[line.pk for line in kept]).update(kept=True)
    emails.answered(row)
    return row


@transaction.atomic
def refuse_disposal(
    disposal: Disposal, *, by: Actor, reason: str, expected_version: int | None = None
) -> Disposal:
    """Record that the archives refuse the disposal of a list: its papers are all kept.

    The directors of the network are notified.

    Raises:
        PermissionDenied: `by` is not a director of the network.
        ActionNotAllowed: the archives have answered already, or `reason` is blank.
        EditConflict: the list changed since `expected_version`.
    """
    _require_can_act(by, "refuse_disposal", disposal)
    row = audit.transition(
        disposal, "refuse_disposal", by=by, expected_version=expected_version, reason=reason
    )
    row.lines.update(kept=True)
    emails.answered(row, reason=reason)
    return row


@transaction.atomic
def stop_disposal(
    disposal: Disposal, *, by: Actor, reason: str, expected_version: int | None = None
) -> Disposal:
    """Stop a disposal list: its remaining papers are kept, and another list may include them.

    The directors of the network are notified.

    Raises:
        PermissionDenied: `by` is not a director of the network.
        ActionNotAllowed: the list is eliminated, refused or already stopped, or `reason` is blank.
        EditConflict: the list changed since `expected_version`.
    """
    _require_can_act(by, "stop_disposal", disposal)
    row = audit.transition(
        disposal, "stop_disposal", by=by, expected_version=expected_version, reason=reason
    )
    emails.stopped(row, reason=reason)
    return row


@transaction.atomic
def erase_item(item: DisposalItem, now: datetime) -> None:
    """Erase the papers of one kind of a mission that a disposal list names.

    After the last papers of the list, mark the list as eliminated. The caller takes `item` from
    `selectors.endorsed_items`: the approval of its list is not checked here first.

    Raises:
        ActionNotAllowed: the mission has a paper that the archives did not review.
    """
    line = item.line
    disposal = line.disposal
    papers = selectors.papers_of(item.mission, line.kind)
    if {paper.row for paper in papers} - set(item.papers):
        raise ActionNotAllowed(rules.CHANGED)
    details: dict[str, Any] = {"bordereau": disposal.file_number}
    if line.kind == Kind.REPORTS:
        erase_written(item.mission, details=details)
    else:
        erase_papers(item.mission, kinds=[line.kind], details=details)
    item.erased_at = now
    item.save(update_fields=["erased_at"])
    if not DisposalItem.objects.filter(
        line__disposal=disposal, line__kept=False, erased_at=None
    ).exists():
        eliminate_disposal(disposal, by=SYSTEM)


def eliminate_disposal(disposal: Disposal, *, by: Actor) -> Disposal:
    """Record that all papers of a disposal list are erased (not checked), and notify the directors.

    Raises:
        ActionNotAllowed: the list is not approved, or is eliminated already.
        PermissionDenied: `by` is not the system.
    """
    row = audit.transition(disposal, "eliminate_disposal", by=by)
    emails.eliminated(row)
    return row


def prepare_yearly(*, now: datetime | None = None) -> int:
    """Prepare a list for each public body with no open list and none in a year; return how many.

    A public body without papers past their term gets no list.
    """
    now = now or timezone.now()
    count = 0
    for network in selectors.networks_to_prepare(now):
        try:
            prepare_disposal(network, by=SYSTEM, now=now)
        except ActionNotAllowed:  # nothing is to eliminate
            continue
        count += 1
    return count


def _require_can_act(by: Actor, verb: str, disposal: Disposal) -> None:
    disposal.workflow.transition(disposal.state, verb)
    if not rules.can_act(by, verb, disposal):
        raise PermissionDenied(f"{by.role} may not {verb}")
