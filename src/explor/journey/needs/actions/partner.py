"""Actions that ask the field partner to confirm a need, record the answer, or cancel it."""

from django.db import transaction
from django.utils import timezone

from explor.actors.organisations.actions import require_few_letters
from explor.actors.organisations.models import FieldPartner
from explor.ground.accounts.actions import open_link
from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed

from .. import emails, rules
from ..models import Comment, Need
from ..states import ALIVE


@transaction.atomic
def ask_partner(need: Need, *, by: Actor) -> str:
    """Email the partner a personal link to confirm the need, and return the token of the link.

    Raises:
        ActionNotAllowed: the need has no partner, or the partner has no email address, or the
            association wrote to enough people today and nobody has verified it.
    """
    partner = need.partner
    if partner is None or not partner.email:
        raise ActionNotAllowed(*rules.missing_to_ask_partner(need))
    require_few_letters(need.association, by=by)
    secret = open_link(
        need,
        name=partner.contact or partner.name,
        email=partner.email,
        by=by,
        language=partner.language,
        holder=partner,
    )
    emails.partner_invited(need, secret)
    return secret


def follow_partner(partner: FieldPartner, *, by: Actor) -> None:
    """Cancel the confirmations of needs that a partner gave under a former name."""
    confirmed = Need.objects.filter(partner=partner, state__in=ALIVE)
    for need in confirmed.exclude(partner_confirmed_at=None).order_by("pk"):
        changes = {"partner_confirmed_at": None}
        audit.update(need, "describe", by=by, changes=changes, details={"fields": ["partner"]})


def partner_confirm(
    need: Need,
    *,
    by: Actor,
    remark: str = "",
    language: str = "fr",
    expected_version: int | None = None,
) -> Need:
    """Record that the partner confirms the need; with a `remark`, record this remark instead.

    The association is notified of either, and so is the network of a remark on a need that was
    filed.

    Args:
        language: the code of the language in which the partner writes the remark.

    Raises:
        EditConflict: the need changed since `expected_version`.
    """
    with transaction.atomic():
        if remark:
            Comment.objects.create(
                need=need, field="partner", text=remark, by=by.name, language=language
            )
        changes = {} if remark else {"partner_confirmed_at": timezone.now()}
        row = audit.update(
            need, "partner_confirm", by=by, expected_version=expected_version, changes=changes
        )
        emails.partner_answered(row, remark)
    return row
