"""A need is described, confirmed by the partner, filed, and judged admissible or not."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from explor.actors.networks.models import Officer
from explor.actors.organisations.models import Organisation
from explor.actors.projects.models import Project
from explor.ground.accounts.actions import open_link
from explor.ground.common.actor import Actor
from explor.ground.common.conflict import Refused, Stale
from explor.ground.journal.actions import amend, apply, record
from explor.journey.calls.models import Call

from . import emails, rules
from .models import Comment, LanguageNeed, Need, Presence, Revision
from .states import BEFORE

Languages = list[dict[str, str]]
# What an author types on one page within this time is told as one change.
ONE_GO = timedelta(minutes=10)


@transaction.atomic
def begin(project: Project, *, by: Actor, call: Call, title: str) -> Need:
    """An association begins a need; the bounds of the call are copied, and hold to the end."""
    if call.network_id != project.association.network_id:
        raise Refused("Cet appel est celui d’un autre réseau.")
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
    record(need, "begin", by=by)
    return need


@transaction.atomic
def describe(
    need: Need,
    *,
    by: Actor,
    changes: dict[str, Any],
    languages: Languages | None = None,
    seen: int | None = None,
) -> Need:
    """Change what the need says; comments on the fields that changed are settled."""
    typed = _plain(changes, languages)
    stored = _stored(Need.objects.select_for_update(of=("self",)).get(pk=need.pk), typed)
    amend(need, "describe", by=by, seen=seen, check=_still_open, changes=changes)
    _write_languages(need, languages)
    mine = {name for name in typed if typed[name] != stored[name]}
    if mine:
        _revise(need, by, uuid4(), {name: [stored[name], typed[name]] for name in mine}, None)
    _settle(need, changes)
    return need


@transaction.atomic
def describe_part(
    need: Need,
    *,
    by: Actor,
    changes: dict[str, Any],
    tab: UUID,
    seen: int,
    languages: Languages | None = None,
    settle: bool = False,
) -> None:
    """Save a screen of the builder, typed on or sent.

    Co-authors are in the way on the same field only: the second is told (`Stale`). What is typed
    in one go is one revision and one line of the journal.
    """
    row = Need.objects.select_for_update(of=("self",)).get(pk=need.pk)
    if reasons := _still_open(row):
        raise Refused(*reasons)
    last = list(row.revisions.order_by("-pk")[:50])
    stored = _stored(row, typed := _plain(changes, languages))
    told = [(each.version, each.tab, each.changes) for each in reversed(last)]
    mine, clash = rules.merge(typed, stored, rules.changed_since(told, seen, tab))
    if clash:
        raise Stale(row.version, _who_changed(last, clash))
    if settle:
        _settle(need, changes)
    if mine:
        went = {name: [stored[name], typed[name]] for name in mine}
        if _write(row, by, tab, went, changes, last[0] if last else None):
            record(row, "describe", by=by, details={"fields": sorted(mine)})
        _write_languages(row, languages if "languages" in mine else None)
    for field in row._meta.concrete_fields:
        setattr(need, field.attname, getattr(row, field.attname))


def _write(
    row: Need,
    by: Actor,
    tab: UUID,
    went: dict[str, Any],
    changes: dict[str, Any],
    last: Revision | None,
) -> bool:
    """Write what changed and remember it; True when it begins a new revision."""
    plain = set(went) - {"languages"}
    for name in plain:
        setattr(row, name, changes[name])
    if row.window_start and row.window_end and row.window_end < row.window_start:
        raise Refused("La fenêtre se termine avant de commencer.")
    if "partner" in went:
        row.partner_confirmed_at = None
    row.version += 1
    row.save(update_fields=[*plain, "version", "partner_confirmed_at"])
    return _revise(row, by, tab, went, last)


def _revise(need: Need, by: Actor, tab: UUID, went: dict[str, Any], last: Revision | None) -> bool:
    """Remember what changed; True when it begins a new revision, False when it goes on with one."""
    now = timezone.now()
    if last is not None and last.tab == tab and now - last.at < ONE_GO:
        for name, (before, after) in went.items():
            last.changes[name] = [last.changes.get(name, [before])[0], after]
        last.version, last.at = need.version, now
        last.save(update_fields=["changes", "version", "at"])
        return False
    Revision.objects.create(
        need=need, version=need.version, tab=tab, by=str(by), at=now, changes=went
    )
    return True


def _who_changed(revisions: Iterable[Revision], fields: set[str]) -> str:
    """« Fatou Diop a changé Objectifs à 14 h 03. »"""
    for each in revisions:
        if both := fields & set(each.changes):
            names = ", ".join(rules.label_of(name) for name in sorted(both))
            return f"{each.by} a changé « {names} » à {timezone.localtime(each.at):%H h %M}."
    return ""


def _plain(changes: dict[str, Any], languages: Languages | None) -> dict[str, Any]:
    """The changes as JSON holds them."""
    typed = {name: _as_json(value) for name, value in changes.items()}
    if languages is not None:
        typed["languages"] = [[each["code"], each["level"]] for each in languages]
    return typed


def _stored(row: Need, names: Iterable[str]) -> dict[str, Any]:
    """What the row holds of these fields, as JSON holds it."""
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


def _settle(need: Need, fields: Iterable[str]) -> None:
    asked = need.comments.filter(settled_at=None, by_hand=False, field__in=fields)
    asked.update(settled_at=timezone.now())


COPIED = (
    *("context", "audiences", "sectors", "partner_id", "country", "place", "purpose"),
    *("mission_type", "objectives", "expected_results", "deliverables", "profile", "skills"),
    "seats",
)


@transaction.atomic
def duplicate(need: Need, *, by: Actor, call: Call, title: str) -> Need:
    """Begin a need from an earlier one; its dates and the partner's word are asked anew."""
    made = begin(need.project, by=by, call=call, title=title)
    for name in COPIED:
        setattr(made, name, getattr(need, name))
    if need.days and call.min_days <= need.days <= call.max_days:
        made.days = need.days
    made.save()
    spoken = [{"code": each.language, "level": each.level} for each in need.languages.all()]
    _write_languages(made, spoken)
    record(made, "duplicate", by=by, details={"from": need.pk})
    return made


@transaction.atomic
def comment(need: Need, *, by: Actor, field: str, text: str) -> Comment:
    """An author or an officer remarks on a field, to be talked over."""
    made = Comment.objects.create(need=need, field=field, text=text, by=str(by), by_hand=True)
    record(need, "comment", by=by, details={"field": field})
    if by.hat == "reseau":
        emails.commented(need, rules.label_of(field), text)
    return made


@transaction.atomic
def settle_remark(need: Need, *, by: Actor, comment: int) -> None:
    """A remark is settled, and stays readable."""
    open_still = need.comments.filter(pk=comment, settled_at=None)
    if not open_still.update(settled_at=timezone.now()):
        raise Refused("Cette remarque est déjà réglée.")
    record(need, "settle_remark", by=by)


def be_there(need: Need, *, by: Actor, screen: str, field: str = "") -> None:
    """A co-author has this screen before their eyes, and writes in this field of it.

    Forgotten after an hour, not journaled.
    """
    now = timezone.now()
    need.presences.filter(at__lt=now - timedelta(hours=1)).delete()
    told = {"name": by.name, "screen": screen, "field": field, "at": now}
    Presence.objects.update_or_create(need=need, person=by.person or 0, defaults=told)


def _still_open(need: Need) -> list[str]:
    return [] if need.state in BEFORE else ["Ce besoin est déposé : il ne se modifie plus."]


@transaction.atomic
def ask_partner(need: Need, *, by: Actor) -> str:
    """Send the partner a personal link to confirm the need; returns the link's secret."""
    if need.partner is None or not need.partner.email:
        raise Refused("Le partenaire n’a pas d’adresse électronique : complétez sa fiche.")
    partner = need.partner
    secret = open_link(
        need,
        name=partner.contact or partner.name,
        email=partner.email,
        by=by,
        language=partner.language,
        holder=partner,
    )
    emails.partner_asked(need, secret)
    return secret


def partner_confirm(need: Need, *, by: Actor, remark: str = "") -> Need:
    """The partner in the field confirms the need, or remarks on it."""
    with transaction.atomic():
        if remark:
            Comment.objects.create(need=need, field="partner", text=remark, by=by.name)
        changes = {} if remark else {"partner_confirmed_at": timezone.now()}
        return amend(need, "partner_confirm", by=by, changes=changes)


@transaction.atomic
def file(
    need: Need,
    *,
    by: Actor,
    seen: int | None = None,
    check: Callable[[Need], list[str]] = rules.missing_to_file,
    reason: str = "",
) -> Need:
    """The association hands its need to its network; `check` tells what speaks against it."""
    # One at a time for each association: two drafts filed at once must not both find room.
    Organisation.objects.select_for_update(no_key=True).get(pk=need.association_id)
    changes = {"filed_at": timezone.now()}
    apply(need, "file", by=by, seen=seen, check=check, changes=changes, reason=reason)
    emails.filed(need)
    return need


@transaction.atomic
def admit(need: Need, *, by: Actor, seen: int | None = None) -> Need:
    """The network declares the need admissible; the committee will read it."""
    apply(need, "admit", by=by, seen=seen)
    emails.admitted(need)
    return need


@transaction.atomic
def send_back(
    need: Need,
    *,
    by: Actor,
    reason: str,
    comments: dict[str, str] | None = None,
    seen: int | None = None,
) -> Need:
    """The network asks, once, for all that is missing, on the fields concerned."""
    apply(need, "send_back", by=by, seen=seen, reason=reason)
    Comment.objects.bulk_create(
        Comment(need=need, field=field, text=text, by=by.name)
        for field, text in (comments or {}).items()
        if text.strip()
    )
    emails.sent_back(need, reason)
    return need


@transaction.atomic
def reject(
    need: Need,
    *,
    by: Actor,
    reason: str,
    seen: int | None = None,
    check: Callable[[Need], list[str]] = rules.missing_to_reject,
) -> Need:
    """The network declares the need not admissible, and says why."""
    apply(need, "reject", by=by, seen=seen, check=check, reason=reason)
    emails.rejected(need, reason)
    return need


@transaction.atomic
def withdraw(need: Need, *, by: Actor, reason: str, seen: int | None = None) -> Need:
    """The association gives its need up; or the network, on its word."""
    apply(need, "withdraw", by=by, seen=seen, reason=reason)
    emails.withdrawn(need, str(by))
    return need


def assign(need: Need, *, by: Actor, officer: Officer | None, seen: int | None = None) -> Need:
    """An officer takes charge of the need."""
    return amend(need, "assign", by=by, seen=seen, changes={"officer": officer})
