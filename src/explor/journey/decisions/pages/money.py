"""What the committee of a call granted, for the pages and the actions on its envelopes."""

from decimal import Decimal

from explor.ground.ui.amounts import euros
from explor.journey.calls.models import Envelope
from explor.journey.committees.selectors import bylaws_of

from .. import rules, selectors


def blockers_of_cut(envelope: Envelope, amount: Decimal) -> list[str]:
    """Return why an envelope cannot go down to `amount`, in euros; empty when it can."""
    money = selectors.money_of(bylaws_of(envelope.call))
    others = (money.envelope or Decimal(0)) - envelope.amount
    return rules.missing_to_cut(granted=money.granted, envelope=others + amount)


def uses_of_envelope(envelope: Envelope) -> list[str]:
    """Return what the committee granted on the call of an envelope, as a sentence; [] if none."""
    money = selectors.money_of(bylaws_of(envelope.call))
    if not money.granted or money.envelope is None:
        return []
    granted, total = (euros(each, short=True) for each in (money.granted, money.envelope))
    return [f"Le comité a accordé {granted} sur cet appel, dont les enveloppes font {total}."]
