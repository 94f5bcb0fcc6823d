"""Actions on a need: create, copy, edit, remark, show one's presence, submit, withdraw, assign.

Also the confirmation by its partner, the import of needs that began before Explor, and erasures.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from explor.actors.networks.models import Officer
from explor.actors.organisations.models import Organisation
from explor.actors.projects.models import Project
from explor.ground.accounts.actions import revoke_links
from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.ground.ui import hooks
from explor.ground.ui.order import sort_key
from explor.journey.calls.models import Call
from explor.journey.eligibility.rules import window_length_problem

from .. import emails, fields, rules, selectors
from ..models import Comment, LanguageNeed, Need, Presence, Revision
from ..selectors.history import revisions_since
from ..states import BEFORE
from .erasing import erase_draft, erase_drafts, erase_texts
from .partner import ask_partner, partner_confirm
from .takeover import NeedBefore as NeedBefore
from .takeover import take_over as take_over

__all__ = [
    "ask_partner",
    "assign",
    "be_present",
    "begin",
    "comment",
    "describe",
    "duplicate",
    "erase_draft",
    "erase_drafts",
    "erase_texts",
    "lock_association",
    "partner_confirm",
    "settle_remark",
    "submit",
    "withdraw",
]

Languages = list[dict[str, str]]
# Changes that an author types on one page within this time are one revision.
ONE_GO = timedelta(minutes=10)
hooks.define("needs.erasing", "callable(need): erase what other capabilities wrote about a need")


@transaction.atomic
def begin(project: Project, *, by: Actor, call: Call, title: str) -> Need:
    """Create a draft need for a call, prefilled from its project.

    The duration bounds of the call, in days, are copied and never change afterwards.

    Raises:
        ActionNotAllowed: the call belongs to another network than the association's.
    """
    if call.network_id != project.association.network_id:
        raise ActionNotAllowed("Cet appel est celui d’un autre réseau.")
    need = Need.objects.create(
        project=project,
        call=call,
        association=project.association,
        network=call.network,
        title=title,
        context=project.context,
        audiences=project.audiences,
        sectors=project.sectors,
        country=project.countries[0] if project.countries else "",
        place=project.locality[:120],
        min_days=call.min_days,
        max_days=call.max_days,
    )
    LanguageNeed.objects.create(need=need, language="fr", level="B2")
    audit.log(need, "begin", by=by)
    return need


@transaction.atomic
def describe(
    need: Need,
    *,
    by: Actor,
    changes: dict[str, Any],
    languages: Languages | None = None,
    expected_version: int | None = None,
    first_version: int | None = None,
    tab: UUID | None = None,
    settle: bool = True,
) -> Need:
    """Change fields of a draft or returned need; ten minutes of typing make one revision.

    Args:
        changes: the value of each field sent, except languages.
        languages: the languages sent, or None when the page does not edit them.
        expected_version: the version that the page shows; None when no conflict is possible.
        first_version: after a conflict, the version of the page first opened; see `rules.merge`.
        tab: identifies the browser page of the typing; None for a form sent once.
        settle: whether the network's remarks on the fields sent become settled.

    Raises:
        ActionNotAllowed: the need is filed, or its window of dates is too short or too long.
        EditConflict: another page has changed one of the same fields since `expected_version`.
    """
    row = Need.objects.select_for_update(of=("self",)).get(pk=need.pk)
    if row.state not in BEFORE:
        raise ActionNotAllowed("Ce besoin est déposé : il ne se modifie plus.")
    sent, page = _plain(changes, languages), tab or uuid4()
    stored = _stored(row, sent)
    last = revisions_since(row, first_version, expected_version)
    mine = _changed_here(row, last, sent, stored, first_version, expected_version, page)
    if settle:
        _settle(need, sent)
    if mine:
        _write(row, changes, written := {each: [stored[each], sent[each]] for each in mine}, by)
        if _revise(row, by, page, written, last[0] if last else None):
            audit.log(row, "describe", by=by, details={"fields": sorted(mine)})
        _write_languages(row, languages if "languages" in mine else None)
    return _mirror(need, row)


def _changed_here(
    row: Need, last: list[Revision], sent: dict[str, Any], stored: dict[str, Any],
    first: int | None, read: int | None, tab: UUID,
) -> set[str]:  # fmt: skip
    revisions = [(each.version, each.tab, each.changes) for each in reversed(last)]
    since = rules.changed_since(revisions, read if first is None else first, tab)
    mine, clash = rules.merge(sent, stored, since, rules.changed_since(revisions, read, tab))
    if clash:
        raise EditConflict(row.version, _who_changed(last, clash))
    return mine


def _mirror(need: Need, row: Need) -> Need:
    """Copy the field values of `row` to `need`, the instance of the caller, and return `need`."""
    for field in row._meta.concrete_fields:
        setattr(need, field.attname, getattr(row, field.attname))
    return need


def _write(row: Need, changes: dict[str, Any], written: dict[str, Any], by: Actor) -> None:
    """Save the fields in `written`; cancel the partner confirmation if `rules.CONFIRMED` changed.

    The links of a former partner stop working.
    """
    plain = set(written) - {"languages"}
    for name in plain:
        setattr(row, name, changes[name])
    if row.window_start and row.window_end:
        problem = window_length_problem(row.window_start, row.window_end, None)
        if problem:
            raise ActionNotAllowed(problem)
    if rules.CONFIRMED & written.keys():
        row.partner_confirmed_at = None
    if "partner" in written:
        revoke_links(row, by=by, reason="Le besoin a un autre partenaire.")
    row.version += 1
    row.save(update_fields=[*plain, "version", "partner_confirmed_at"])


def _revise(
    need: Need, by: Actor, tab: UUID, written: dict[str, Any], last: Revision | None
) -> bool:
    """Save `written`, {field: [before, after]}, in a new revision or in the last one.

    Returns:
        True for a new revision; False when the last one is of the same page and was extended.
    """
    now = timezone.now()
    if last is not None and last.tab == tab and now - last.at < ONE_GO:
        for name, (before, after) in written.items():
            last.changes[name] = [last.changes.get(name, [before])[0], after]
        last.version, last.at = need.version, now
        last.save(update_fields=["changes", "version", "at"])
        return False
    Revision.objects.create(
        need=need, version=need.version, tab=tab, by=str(by), at=now, changes=written
    )
    return True


def _who_changed(revisions: Iterable[Revision], clash: set[str]) -> str:
    """Return who last changed fields in `clash`: « Fatou a changé « Objectifs » à 14 h 03. »"""
    each = next(each for each in revisions if clash & set(each.changes))
    labels = (rules.label_of(name) for name in clash & set(each.changes))
    names = ", ".join(sorted(labels, key=sort_key))
    return f"{each.by} a changé « {names} » à {timezone.localtime(each.at):%H h %M}."


def _plain(changes: dict[str, Any], languages: Languages | None) -> dict[str, Any]:
    """Return {field: value} for the changes and the languages, in the JSON form of revisions."""
    sent = {name: _as_json(value) for name, value in changes.items()}
    if languages is not None:
        sent["languages"] = [[each["code"], each["level"]] for each in languages]
    return sent


def _stored(row: Need, names: Iterable[str]) -> dict[str, Any]:
    """Return {field: stored value} for the fields `names`, in the JSON form of revisions."""
    return {
        name: [[each.language, each.level] for each in row.languages.all()]
        if name == "languages"
        else _as_json(row.partner_id if name == "partner" else getattr(row, name))
        for name in names
    }


def _as_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return getattr(value, "pk", value)


def _write_languages(need: Need, languages: Languages | None) -> None:
    if languages is not None:
        need.languages.all().delete()
        LanguageNeed.objects.bulk_create(
            LanguageNeed(need=need, language=each["code"], level=each["level"])
            for each in languages
        )


def _settle(need: Need, names: Iterable[str]) -> None:
    remarks = need.comments.filter(settled_at=None, by_hand=False, field__in=names)
    remarks.update(settled_at=timezone.now())


@transaction.atomic
def duplicate(need: Need, *, by: Actor, call: Call, title: str) -> Need:
    """Create a draft from an earlier need, without its dates or its partner's confirmation.

    The duration is copied if the call allows it.

    Raises:
        ActionNotAllowed: the call belongs to another network than the association's.
    """
    made = begin(need.project, by=by, call=call, title=title)
    for field in fields.FIELDS:
        if field.copied and field.name != "languages":
            setattr(made, field.name, getattr(need, field.name))
    if need.days and call.min_days <= need.days <= call.max_days:
        made.days = need.days
    made.save()
    spoken = [{"code": each.language, "level": each.level} for each in need.languages.all()]
    _write_languages(made, spoken)
    audit.log(made, "duplicate", by=by, details={"from": need.pk})
    return made


@transaction.atomic
def comment(need: Need, *, by: Actor, field: str, text: str) -> Comment:
    """Save a remark on a field of the need; email the association if the network wrote it."""
    made = Comment.objects.create(need=need, field=field, text=text, by=str(by), by_hand=True)
    audit.log(need, "comment", by=by, details={"field": field})
    if by.role == "reseau":
        emails.commented(need, rules.label_of(field), text)
    return made


@transaction.atomic
def settle_remark(need: Need, *, by: Actor, comment: int) -> None:
    """Mark the remark with the primary key `comment` as settled; the remark stays readable.

    Raises:
        ActionNotAllowed: the remark is settled already.
    """
    open_still = need.comments.filter(pk=comment, settled_at=None)
    if not open_still.update(settled_at=timezone.now()):
        raise ActionNotAllowed("Cette remarque est déjà réglée.")
    audit.log(need, "settle_remark", by=by)


def be_present(need: Need, *, by: Actor, screen: str, field: str = "") -> None:
    """Record that the person of `by` has this screen of a need open, and which field they write in.

    Presences older than an hour are deleted; nothing is written to the journal.
    """
    now = timezone.now()
    need.presences.filter(at__lt=now - timedelta(hours=1)).delete()
    values = {"name": by.name, "screen": screen, "field": field, "at": now}
    Presence.objects.update_or_create(need=need, person=by.person or 0, defaults=values)


@transaction.atomic
def submit(
    need: Need,
    *,
    by: Actor,
    expected_version: int | None = None,
    deadline_waived: bool = False,
    reason: str = "",
) -> Need:
    """Submit a draft; notify its network, and send the association an acknowledgement.

    Args:
        deadline_waived: check the required fields and the window of dates, but not the rules of the
            call; set when an officer submits the need after the closing of the call. An officer
            then sets the failing rules aside when accepting it.
        reason: why the officer does so.

    Raises:
        ActionNotAllowed: a field is blank, a rule fails, or the need is not a draft.
        EditConflict: the need changed since `expected_version`.
    """
    lock_association(need)
    others = selectors.others_filed(need)

    def missing(row: Need) -> list[str]:
        if deadline_waived:
            return rules.missing_parts(row, timezone.localdate())
        return rules.missing_to_submit(row, others=others, at=timezone.now())

    changes = {"filed_at": timezone.now()}
    audit.transition(
        need,
        "submit",
        by=by,
        expected_version=expected_version,
        check=missing,
        changes=changes,
        reason=reason,
    )
    emails.submitted(need)
    return need


def lock_association(need: Need) -> None:
    """Lock the row of the association, so that needs submitted at once are counted one by one."""
    Organisation.objects.select_for_update(no_key=True).get(pk=need.association_id)


@transaction.atomic
def withdraw(need: Need, *, by: Actor, reason: str, expected_version: int | None = None) -> Need:
    """Withdraw a need, for its association or for its network at the association's request.

    The personal links of its field partner stop working. The association and the network are
    notified.

    Raises:
        ActionNotAllowed: see `rules.blockers_of_withdraw`, the need ended, or `reason` is blank.
        EditConflict: the need changed since `expected_version`.
    """
    audit.transition(
        need,
        "withdraw",
        by=by,
        expected_version=expected_version,
        check=rules.blockers_of_withdraw,
        reason=reason,
    )
    revoke_links(need, by=by, reason="Le besoin est retiré.")
    emails.withdrawn(need, str(by))
    return need


def assign(
    need: Need, *, by: Actor, officer: Officer | None, expected_version: int | None = None
) -> Need:
    """Put an officer in charge of the need, or nobody when `officer` is None.

    Raises:
        EditConflict: the need changed since `expected_version`.
    """
    return audit.update(
        need, "assign", by=by, expected_version=expected_version, changes={"officer": officer}
    )
