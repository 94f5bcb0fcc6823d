"""Actions on envelopes: record what a funder grants to a call, and change it."""

from decimal import Decimal

from django.db import transaction

from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.ui import hooks
from explor.ground.ui.amounts import euros
from explor.ground.workflow.constraints import integrity_errors_as

from .. import rules
from ..models import Call, Envelope, Funder

hooks.define("calls.cutting", "callable(envelope, amount) -> list[str]: why it is not cut so far")


@transaction.atomic
def fund(call: Call, *, by: Actor, funder: Funder, amount: Decimal) -> Envelope:
    """Record the amount, in euros, that a funder grants to a call.

    Raises:
        ActionNotAllowed: the call has ended, the amount is negative, or this funder has an envelope
            on the call, see `change_envelope`.
    """
    row = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if reasons := rules.missing_to_fund(row):
        raise ActionNotAllowed(*reasons)
    with integrity_errors_as(Envelope):
        envelope = Envelope.objects.create(call=row, funder=funder, amount=amount)
    audit.log(row, "fund", by=by, details={"funder": funder.slug, "amount": str(amount)})
    return envelope


@transaction.atomic
def change_envelope(
    envelope: Envelope, *, by: Actor, amount: Decimal, former: Decimal, reason: str = ""
) -> Envelope:
    """Change the amount of an envelope, in euros; the journal keeps the former one.

    The call is locked, so that no decision of its committee counts on the former amount.

    Args:
        former: the amount that the author read.
        reason: required once the call has ended.

    Raises:
        ActionNotAllowed: the amount changed since, the call has ended and no reason is given, or
            the new amount is lower and would not cover what is promised (hook `calls.cutting`).
    """
    call = Call.objects.select_for_update(of=("self",)).get(pk=envelope.call_id)
    row = Envelope.objects.select_for_update(of=("self",)).get(pk=envelope.pk)
    if row.amount != former:
        raise ActionNotAllowed(
            f"Quelqu’un a changé cette enveloppe : elle est de {euros(row.amount)}. Relisez-la."
        )
    if rules.is_settled(call) and not reason.strip():
        raise ActionNotAllowed("Cet appel est terminé. Dites pourquoi son enveloppe change.")
    if amount < former:
        reasons = [why for ask in hooks.get("calls.cutting") for why in ask(row, amount)]
        if reasons:
            raise ActionNotAllowed(*reasons)
    row.amount = amount
    row.save(update_fields=["amount"])
    details = {"funder": row.funder.slug, "amount": str(amount), "former": str(former)}
    audit.log(call, "change_envelope", by=by, reason=reason, details=details)
    return row
