"""The action that merges two records of the same organisation."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from explor.actors.lending.actions import drop_second_rules
from explor.actors.organisations import actions as organisations
from explor.actors.organisations.models import Member, Organisation
from explor.actors.organisations.selectors import links_of
from explor.ground.accounts.actions import readdress_invitations
from explor.ground.audit import actions as audit
from explor.ground.files.actions import hand_over
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.ui import hooks

from . import rules

BLANKS = (
    *("siret", "siren", "rna", "address", "postcode", "city", "department", "website"),
    *("representative", "purpose", "founded_on", "structure_type", "headcount", "members_count"),
    *("inhabitants", "cer_signed_on", "general_interest", "on_1996_list", "lending_rules"),
    *("countries", "sectors", "schemes", "job_families"),
)
EMPTY: tuple[Any, ...] = ("", None, [])
VERIFICATION = ("state", "state_since", "verified_until", "reminded_on")


@transaction.atomic
def merge(
    kept: Organisation, other: Organisation, *, by: Actor, expected_version: int | None = None
) -> Organisation:
    """Merge `other` into `kept`: move related rows, fill blank fields of `kept`, delete `other`.

    The verification of `other` is taken if `rules.is_verified_by_merge`. A merge cannot be undone;
    the journal records the rows moved and the fields filled.

    Raises:
        PermissionDenied: `by` is not the network of `kept`.
        ActionNotAllowed: `rules.blockers_of_merge` gives reasons, or both records have a row that
            must be unique, such as an open transfer.
        EditConflict: `kept` changed since `expected_version`.
    """
    if not rules.can_merge(by, kept):
        raise PermissionDenied(f"{by.role} may not merge these organisations")
    rows = Organisation.objects.select_for_update().filter(pk__in=[kept.pk, other.pk])
    locked = {row.pk: row for row in rows.order_by("pk")}
    other = locked[other.pk]
    if blockers := rules.blockers_of_merge(kept, other):
        raise ActionNotAllowed(*blockers)
    moved = _move_links(kept, other)
    for follow in hooks.get("organisations.merged"):
        follow(kept, other.pk, by=by)
    changes = _blanks_filled(kept, other)
    if rules.is_verified_by_merge(locked[kept.pk], other):
        changes |= {name: getattr(other, name) for name in VERIFICATION}
    details = {"other": other.pk, "moved": moved, "filled": sorted(changes)}
    name = other.name
    organisations.erase(other)
    return audit.update(
        kept,
        "merge",
        by=by,
        expected_version=expected_version,
        reason=name,
        changes=changes,
        details=details,
    )


def _move_links(kept: Organisation, other: Organisation) -> dict[str, int]:
    """Make the rows, files and invitations that refer to `other` refer to `kept` instead.

    A person who is a member of both organisations stays a member of `kept` only, in the higher of
    the two positions, so that whoever could sign still can. The lending rules of `other` are
    deleted when `kept` has lending rules too.

    Returns:
        The number of rows moved, by column, such as {"transfers.transfer.organisation": 2}.

    Raises:
        ActionNotAllowed: both records have a row that must be unique, such as an open transfer.
    """
    _join_members(kept, other)
    drop_second_rules(kept, other)
    moved = {}
    for relation, count in links_of(other):
        model, name = relation.related_model, relation.field.name
        try:
            with transaction.atomic():
                model._base_manager.filter(**{name: other}).update(**{name: kept})
        except IntegrityError as error:
            both = f"Les deux fiches ont chacune : {model._meta.verbose_name}. Terminez l’un d’eux."
            raise ActionNotAllowed(both) from error
        moved[f"{model._meta.label_lower}.{name}"] = count
    hand_over(owner=other, to=kept)
    readdress_invitations(role_type=other.kind, old=other.slug, new=kept.slug)
    return moved


def _join_members(kept: Organisation, other: Organisation) -> None:
    """Keep one membership of each member of both: the higher position and the earlier `since`."""
    order = Member.Position.values
    own = {member.person_id: member for member in Member.objects.filter(organisation=kept)}
    for second in Member.objects.filter(organisation=other, person__in=own):
        member = own[second.person_id]
        member.position = max(member.position, second.position, key=order.index)
        member.since = min(member.since, second.since)
        member.save(update_fields=["position", "since"])
        second.delete()


def _blanks_filled(kept: Organisation, other: Organisation) -> dict[str, Any]:
    """Return {field: value of `other`} for the fields that are blank in `kept` only.

    A record without type takes that of the other one, and whether it is a public employer, on
    which the leave schemes depend.
    """
    blanks = {n: getattr(other, n) for n in BLANKS if getattr(kept, n) in EMPTY}
    if not kept.structure_type and other.is_public and not kept.is_public:
        blanks["is_public"] = True
    return {name: value for name, value in blanks.items() if value not in EMPTY}
