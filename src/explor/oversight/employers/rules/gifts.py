"""The value of an employer's gift for a mission, in a civil year."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from explor.actors.lending.models import LendingRules
from explor.ground.http.actor import Actor
from explor.journey.leave_readings.engine import schemes_of_time
from explor.journey.missions.models import Mission

from ..models import MissionGift
from .stays import days_spent


@dataclass(frozen=True, kw_only=True)
class GiftLine:
    """The gift of an employer for a mission in a civil year.

    Attributes:
        days: the real days of the mission in the year.
        daily: the value of a day in euros: that of this mission, else the usual one if the scheme
            gives the time; None without either.
        money: the gift in money in euros, counted in the year of the departure.
        words: the description of the gift in kind, in the year of the departure; it has no amount.
    """

    mission: Mission
    days: int
    daily: Decimal | None
    money: Decimal
    words: str

    @property
    def time(self) -> Decimal | None:
        """Return the value of the days in euros, None when a day has no value."""
        return None if self.daily is None else self.daily * self.days

    @property
    def total(self) -> Decimal:
        """Return the value of the days and the money in euros; days without value count as zero."""
        return (self.time or Decimal(0)) + self.money


def gift_line(
    mission: Mission,
    *,
    rules: LendingRules | None,
    gift: MissionGift | None,
    year: int,
    today: date,
) -> GiftLine:
    """Return the gift of an employer for a mission in a year.

    Args:
        mission: a mission whose expert has left.
        rules: the lending rules of the employer, None when it has none.
        gift: the values that the employer entered for this mission, None if there is none.
        year: a civil year.
        today: the last day counted for a stay that has not ended.
    """
    stay = mission.stay
    own, house = gift or MissionGift(), rules or LendingRules()
    # A leave is the person's own time, and the association reimburses an agent (CGFP L512-15) or is
    # billed for a loan of staff (C. trav. L8241-1): there, the value of a day is not a gift.
    usual = house.daily_value if mission.release.scheme in schemes_of_time("given") else None
    daily = _first(own.daily_value, usual)
    money = _first(own.amount, house.gift_amount) or Decimal(0)
    words = own.words or house.gift_words
    left_then = stay is not None and stay.start.year == year
    return GiftLine(
        mission=mission,
        days=days_spent(stay, year, today),
        daily=daily,
        money=money if left_then else Decimal(0),
        words=words if left_then else "",
    )


def _first(*values: Decimal | None) -> Decimal | None:
    """Return the first value that is not None, which may be zero."""
    return next((each for each in values if each is not None), None)


def can_value(actor: Actor, gift: MissionGift) -> bool:
    """Return whether `actor` may set the value of a mission's gift: only its employer may."""
    return actor.role == "employeur" and gift.mission.employer_id == actor.scope
