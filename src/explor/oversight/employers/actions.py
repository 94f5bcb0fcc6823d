"""The action by which an employer sets the value of its gift for a mission."""

from decimal import Decimal

from django.db import transaction

from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor

from .models import MissionGift


@transaction.atomic
def value_gift(
    gift: MissionGift,
    *,
    by: Actor,
    daily_value: Decimal | None,
    amount: Decimal | None,
    words: str,
    expected_version: int | None = None,
) -> MissionGift:
    """Set the gift values of one mission, whose row is created if needed.

    A blank value falls back to the lending rules of the employer. The caller checks `can_value`.

    Raises:
        EditConflict: the values changed since `expected_version`.
    """
    row = MissionGift.objects.get_or_create(mission_id=gift.mission_id)[0]
    changes = {"daily_value": daily_value, "amount": amount, "words": words.strip()}
    return audit.update(
        row, "value_gift", by=by, expected_version=expected_version, changes=changes
    )
