"""Field partners of associations: add, describe, and revoke the links sent to them."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from explor.ground.accounts.actions import revoke_links
from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.ui import hooks
from explor.ground.workflow.bulk import insert_many

from .. import emails
from ..models import FieldPartner, Organisation


@transaction.atomic
def add_partner(association: Organisation, *, by: Actor, **fields: Any) -> FieldPartner:
    """Add a field partner to an association."""
    return add_partners([{"association": association, **fields}], by=by)[0]


@transaction.atomic
def add_partners(rows: Sequence[dict[str, Any]], *, by: Actor) -> list[FieldPartner]:
    """Add field partners to associations.

    Args:
        rows: the field values of each partner, by field name; `association` is one of them.
    """
    partners = insert_many(FieldPartner(**fields) for fields in rows)
    audit.log_created(partners, "add_partner", by=by)
    return partners


def describe_partner(
    partner: FieldPartner,
    *,
    by: Actor,
    changes: dict[str, Any],
    expected_version: int | None = None,
) -> FieldPartner:
    """Edit a field partner; a new e-mail address revokes the links sent to the former one.

    The members of the association are notified of links that are revoked. If the name changes, the
    partner must confirm again whatever they had confirmed.

    Raises:
        EditConflict: the partner changed since `expected_version`.
    """
    with transaction.atomic():
        former = FieldPartner.objects.select_for_update().get(pk=partner.pk)
        audit.update(
            partner, "describe_partner", by=by, expected_version=expected_version, changes=changes
        )
        if partner.email.lower() != former.email.lower():
            _close_links(partner, by=by, reason="L’adresse du partenaire a changé.")
        if partner.name.casefold() != former.name.casefold():
            for follow in hooks.get("organisations.renamed"):
                follow(partner, by=by)
    return partner


@transaction.atomic
def revoke_partner_links(
    partner: FieldPartner, *, by: Actor, reason: str, expected_version: int | None = None
) -> FieldPartner:
    """Revoke every personal link of a field partner; notify the association.

    Raises:
        ActionNotAllowed: the partner has no valid link.
        EditConflict: the partner changed since `expected_version`.
    """
    audit.update(
        partner, "revoke_partner_links", by=by, expected_version=expected_version, reason=reason
    )
    if not _close_links(partner, by=by, reason=reason):
        raise ActionNotAllowed("Ce partenaire n’a aucun lien personnel en cours.")
    return partner


def _close_links(partner: FieldPartner, *, by: Actor, reason: str) -> int:
    count = revoke_links(partner, by=by, reason=reason)
    if count:
        emails.links_revoked(partner, by=by, reason=reason)
    return count
