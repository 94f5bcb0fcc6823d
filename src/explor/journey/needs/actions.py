"""A need is described, confirmed by the partner, filed, and judged admissible or not."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from explor.actors.networks.models import Officer
from explor.actors.organisations.models import Organisation
from explor.actors.projects.models import Project
from explor.ground.accounts.actions import open_link
from explor.ground.common.actor import Actor
from explor.ground.common.conflict import Refused
from explor.ground.journal.actions import amend, apply, record
from explor.journey.calls.models import Call

from . import emails, rules
from .models import Comment, LanguageNeed, Need
from .states import BEFORE

Languages = list[dict[str, str]]


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
    amend(need, "describe", by=by, seen=seen, check=_still_open, changes=changes)
    if languages is not None:
        need.languages.all().delete()
        LanguageNeed.objects.bulk_create(
            LanguageNeed(need=need, language=each["code"], level=each["level"])
            for each in languages
        )
    need.comments.filter(settled_at=None, field__in=changes).update(settled_at=timezone.now())
    return need


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
def reject(need: Need, *, by: Actor, reason: str, seen: int | None = None) -> Need:
    """The network declares the need not admissible, and says why."""
    apply(need, "reject", by=by, seen=seen, reason=reason)
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
