"""Actions on calls for projects: draft, change, copy, share, decline, open, close, end."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.ui import hooks
from explor.ground.workflow.apart import each_apart
from explor.ground.workflow.slugs import free_slug

from .. import emails, pages, rules, selectors
from ..models import Call, Criterion, Milestone, RequestedPaper
from ..states import State

Lines = list[dict[str, Any]]
hooks.define("calls:regridding", "callable(call, criteria) -> list[str]: why a grid cannot change")
hooks.define("calls.terms_changed", "callable(call, sentences, urgent=): notify")
hooks.define("calls.declining", "callable(call): end what was sent for a call that is declined")

# The grid of a new call, an example that the network changes.
GRID = (
    ("Utilité pour le projet", "Le besoin naît-il du terrain, avec le partenaire ?", 3),
    ("Clarté des objectifs et des attendus", "Saura-t-on dire si la mission a réussi ?", 3),
    ("Faisabilité", "Dates, lieu, langue, sécurité.", 2),
    ("Suites", "Que se passera-t-il après la mission ?", 2),
)


@transaction.atomic
def draft(network: Network, *, by: Actor, **fields: Any) -> Call:
    """Create a draft call of a network, with the example grid `GRID`.

    Args:
        fields: values of the fields of the call, `title` and `opens_at` at least.
    """
    call = Call.objects.create(network=network, slug=_slug(network, fields["title"]), **fields)
    Criterion.objects.bulk_create(
        Criterion(call=call, label=label, help=help_text, weight=weight, order=order)
        for order, (label, help_text, weight) in enumerate(GRID)
    )
    audit.log(call, "draft", by=by)
    return call


# The fields that the rows of a shared call have in common, and that a copy takes over.
TERMS = (
    *("title", "presentation", "rolling", "opens_at", "closes_at", "committee_on", "min_days"),
    *("max_days", "travel_days_count", "needs_per_association", "quorum", "grace_minutes"),
    *("example", "eligibility", "questions"),
)


@transaction.atomic
def set_call(
    call: Call, *, by: Actor, changes: dict[str, Any], expected_version: int | None = None
) -> Call:
    """Change fields of a call and of the calls of other networks that follow it.

    A need already begun keeps the minimum and maximum durations that it had. While a call is open,
    associations that prepare a need on it are notified of its new dates, durations and limits.

    Raises:
        ActionNotAllowed: another network leads the call, the call ended, or its new dates are not
            allowed, here or in a network that shares the call.
        EditConflict: the call changed since `expected_version`.
    """
    before = Call.objects.get(pk=call.pk)
    audit.update(
        call,
        "set_call",
        by=by,
        expected_version=expected_version,
        check=rules.missing_to_set,
        changes=changes,
    )
    followers = selectors.shared_with(call)
    for follower in followers:
        audit.update(follower, "set_call", by=by, check=_wrong_elsewhere, changes=changes)
    notify_change([call, *followers], pages.changed_terms(before, call), urgent=True)
    return call


def notify_change(calls: Iterable[Call], sentences: list[str], *, urgent: bool = False) -> None:
    """Notify those who prepare a need on the open ones of `calls`, at once if urgent.

    The hook `calls.terms_changed` does it: `admissibility` emails their associations. Without
    `sentences`, the changes in French, nobody is notified.
    """
    for call in calls:
        if call.state == State.OPEN:
            _notify_authors(call, sentences, urgent=urgent)


def _notify_authors(call: Call, sentences: list[str], *, urgent: bool = True) -> None:
    for notify in hooks.get("calls.terms_changed") if sentences else ():
        notify(call, sentences, urgent=urgent)


def _wrong_elsewhere(follower: Call) -> list[str]:
    return [f"Chez {follower.network} : {why}" for why in rules.blockers_of_dates(follower)]


@transaction.atomic
def set_grid(
    call: Call, *, by: Actor, criteria: Lines, expected_version: int | None = None
) -> Call:
    """Replace the criteria by which the committee judges, and the descriptions of their levels.

    A criterion is identified by its label. Once a need is filed, labels and weights can no longer
    change, as associations have read them; descriptions still can. Calls of other networks that
    follow this one get the same grid.

    Args:
        criteria: a dict of `label`, `help`, `weight` and `levels` for each criterion, in order.

    Raises:
        ActionNotAllowed: another network leads the call; it ended; labels or weights change after a
            need was filed, here or in a network that shares the call; or see `calls:regridding`.
        EditConflict: the call changed since `expected_version`.
    """
    audit.update(
        call,
        "set_grid",
        by=by,
        expected_version=expected_version,
        check=lambda row: _missing_to_regrid(row, criteria),
    )
    _write_grid(call, criteria)
    for follower in selectors.shared_with(call):
        if _missing_to_regrid(follower, criteria, held=False):
            raise ActionNotAllowed(f"{follower.network} a déjà reçu des besoins sur cette grille.")
        audit.update(follower, "set_grid", by=by)
        _write_grid(follower, criteria)
    return call


def _missing_to_regrid(call: Call, criteria: Lines, *, held: bool = True) -> list[str]:
    missing = rules.missing_to_change(call) if held else []
    filed = call.needs.exclude(state="draft").exists()
    present = [(each.label, each.weight) for each in call.criteria.all()]
    if filed and present != [(line["label"], line["weight"]) for line in criteria]:
        missing.append(
            "Des besoins sont déjà déposés : les critères et leurs poids ne changent plus. "
            "Vous pouvez encore préciser leurs niveaux."
        )
    return missing + [why for ask in hooks.get("calls:regridding") for why in ask(call, criteria)]


def _write_grid(call: Call, criteria: Lines) -> None:
    call.criteria.exclude(label__in=[line["label"] for line in criteria]).delete()
    for order, line in enumerate(criteria):
        fields = {**line, "order": order}
        Criterion.objects.update_or_create(call=call, label=fields.pop("label"), defaults=fields)


@transaction.atomic
def set_papers(
    call: Call, *, by: Actor, papers: Lines, expected_version: int | None = None
) -> Call:
    """Replace the list of documents that a call requests; files already submitted are kept.

    Calls of other networks that follow this one get the same list. The associations that prepare a
    need on an open call are notified if the list changed.

    Args:
        papers: a dict of `label`, `help` and `needed` for each document, in order.

    Raises:
        ActionNotAllowed: another network leads the call, or the call ended.
        EditConflict: the call changed since `expected_version`.
    """
    check = rules.missing_to_change
    audit.update(call, "set_papers", by=by, expected_version=expected_version, check=check)
    before = pages.paper_lines(call)
    _write_papers(call, papers)
    followers = selectors.shared_with(call)
    for follower in followers:
        audit.update(follower, "set_papers", by=by)
        _write_papers(follower, papers)
    if pages.paper_lines(call) != before:
        notify_change([call, *followers], ["La liste des documents demandés a changé."])
    return call


def _write_papers(call: Call, papers: Lines) -> None:
    call.papers.exclude(label__in=[line["label"] for line in papers]).update(requested=False)
    for order, line in enumerate(papers):
        fields = {**line, "order": order, "requested": True}
        RequestedPaper.objects.update_or_create(
            call=call, label=fields.pop("label"), defaults=fields
        )


@transaction.atomic
def set_calendar(
    call: Call, *, by: Actor, milestones: Lines, expected_version: int | None = None
) -> Call:
    """Replace the dates of the calendar other than opening, closing and committee.

    Calls of other networks that follow this one get the same dates.

    Args:
        milestones: a dict of `on` (a date) and `label` for each date.

    Raises:
        ActionNotAllowed: another network leads the call, or the call ended.
        EditConflict: the call changed since `expected_version`.
    """
    check = rules.missing_to_change
    audit.update(call, "set_calendar", by=by, expected_version=expected_version, check=check)
    _write_calendar(call, milestones)
    for follower in selectors.shared_with(call):
        audit.update(follower, "set_calendar", by=by)
        _write_calendar(follower, milestones)
    return call


def _write_calendar(call: Call, milestones: Lines) -> None:
    call.milestones.all().delete()
    Milestone.objects.bulk_create(Milestone(call=call, **line) for line in milestones)


@transaction.atomic
def copy_call(call: Call, *, by: Actor, title: str) -> Call:
    """Create a draft call of the same network from an earlier one, with dates a year later.

    The terms, grid, requested documents, calendar and ranking weights are copied; the envelopes and
    the networks that share the call are not.
    """
    closing, committee = call.closes_at, call.committee_on
    made = _create_like(
        call,
        call.network,
        title=title,
        opens_at=rules.next_year(call.opens_at),
        closes_at=rules.next_year(closing) if closing else None,
        committee_on=rules.next_year_on(committee) if committee else None,
        weights=call.weights,
    )
    later = [
        {"on": rules.next_year_on(each.on), "label": each.label} for each in call.milestones.all()
    ]
    _write_calendar(made, later)
    audit.log(made, "copy_call", by=by, details={"from": call.slug})
    return made


@transaction.atomic
def share(call: Call, *, by: Actor, network: Network, expected_version: int | None = None) -> Call:
    """Propose a call to another network: create and return its draft copy, and notify the network.

    The other network may decline the copy.

    Raises:
        ActionNotAllowed: the call ended or is led by another network, or `network` has it already.
        EditConflict: the call changed since `expected_version`.
    """
    details = {"network": network.slug}
    audit.update(
        call,
        "share",
        by=by,
        expected_version=expected_version,
        check=rules.missing_to_change,
        details=details,
    )
    if not selectors.may_share_with(call).filter(pk=network.pk).exists():
        raise ActionNotAllowed(f"{network} a déjà cet appel.")
    follower = _create_like(call, network, lead=call)
    milestones = call.milestones.all()
    _write_calendar(follower, [{"on": each.on, "label": each.label} for each in milestones])
    audit.log(follower, "share", by=by, details={"from": call.network.slug})
    emails.shared(follower)
    return follower


@transaction.atomic
def decline_share(follower: Call, *, by: Actor) -> None:
    """Delete the draft copy of a call that another network proposed, and notify that network.

    Raises:
        ActionNotAllowed: the call is no longer a draft, was not proposed by another network, has a
            need, or its committee has a meeting.
    """
    row = Call.objects.select_for_update(of=("self",)).select_related("lead").get(pk=follower.pk)
    if row.lead is None or row.state != State.DRAFT or row.needs.exists():
        raise ActionNotAllowed("Cet appel n’est plus une proposition : il ne se décline plus.")
    audit.log(row.lead, "decline_share", by=by, details={"network": row.network.slug})
    emails.declined(row)
    for end in hooks.get("calls.declining"):
        end(row)
    try:
        row.delete()
    except ProtectedError as error:
        raise ActionNotAllowed("Son comité a déjà une séance : l’appel reste.") from error


def _create_like(call: Call, network: Network, **changes: Any) -> Call:
    """Create a call of `network` with the terms, grid and documents of `call`, except `changes`."""
    terms = {name: getattr(call, name) for name in TERMS} | changes
    made = Call.objects.create(network=network, slug=_slug(network, terms["title"]), **terms)
    grid = call.criteria.values("label", "help", "weight", "order", "levels")
    Criterion.objects.bulk_create(Criterion(call=made, **line) for line in grid)
    papers = selectors.papers_of(call).values("label", "help", "needed", "order")
    RequestedPaper.objects.bulk_create(RequestedPaper(call=made, **line) for line in papers)
    return made


@transaction.atomic
def open_call(call: Call, *, by: Actor, expected_version: int | None = None) -> Call:
    """Open a call, new or closed: associations may file needs from its opening date on.

    The networks that share this call and closed their own copy are notified, to reopen the copy.
    When the call was closed, so are the associations that prepare a need on it.

    Raises:
        ActionNotAllowed: see `rules.missing_to_open`, or the call is open or ended already.
        PermissionDenied: `by` is not an officer.
        EditConflict: the call changed since `expected_version`.
    """
    again = pages.reopening_of(Call.objects.get(pk=call.pk))
    opened = audit.transition(
        call, "open_call", by=by, expected_version=expected_version, check=rules.missing_to_open
    )
    _notify_authors(opened, again)
    emails.opened_again(selectors.closed_followers(opened))
    return opened


@transaction.atomic
def close_call(call: Call, *, by: Actor, expected_version: int | None = None) -> Call:
    """Close an open call: associations may no longer file needs.

    Those that prepare one are notified when the call closes earlier than they read.

    Raises:
        ActionNotAllowed: the call is not open.
        PermissionDenied: `by` is neither an officer nor the system.
        EditConflict: the call changed since `expected_version`.
    """
    early = pages.early_closing_of(Call.objects.get(pk=call.pk))
    closed = audit.transition(call, "close_call", by=by, expected_version=expected_version)
    _notify_authors(closed, early)
    return closed


def close_due() -> int:
    """Close the open calls whose closing and grace period are past, and return how many.

    Rolling calls are never closed here.

    Raises:
        ExceptionGroup: some calls failed; the others are closed.
    """

    def close(call: Call) -> int:
        close_call(call, by=SYSTEM)
        return 1

    return each_apart(selectors.due_to_close(timezone.now()), close, name="close_due")


@transaction.atomic
def end_call(call: Call, *, by: Actor, expected_version: int | None = None) -> Call:
    """End a call closed to filing; its rules change no more.

    The other networks that share the call may now change the rules of their copies. These networks
    are notified.

    Raises:
        ActionNotAllowed: the call is not closed.
        PermissionDenied: `by` is not an officer.
        EditConflict: the call changed since `expected_version`.
    """
    ended = audit.transition(call, "end_call", by=by, expected_version=expected_version)
    emails.lead_ended(selectors.shared_with(ended))
    return ended


def _slug(network: Network, title: str) -> str:
    return free_slug(f"{network.slug} {title}", Call, length=70, default=network.slug)
