"""Demonstration lending rules, and a person whom an employer proposes for a need."""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from explor.actors.lending import actions as lending
from explor.actors.lending.models import LendingRules
from explor.journey.nominations import actions as nominations
from explor.journey.nominations.selectors import wanted_by

from .actors import DemoPeople, member_of
from .demo_data import DemoData

EVERY = 3  # one employer in three has rules


def add_lending_rules(data: DemoData, people: DemoPeople) -> None:
    """Set the rules of some employers; the first one also has approvers and proposes a person.

    Call this after the missions are created, since their releases were granted without approvers.
    """
    summer = timezone.localdate().year + 1
    for number, employer in enumerate(people.employers[::EVERY]):
        by, rules = member_of(employer), LendingRules(employer=employer)
        lending.set_lending_rules(
            rules, by=by, days_a_year=(10, 15, 20)[number % 3], notice_days=(30, 45)[number % 2],
            gift_amount=None if employer.is_public else Decimal(500),
            gift_words="" if employer.is_public else "un ordinateur reconditionné",
            daily_value=Decimal((240, 310, 275)[number % 3]),
        )  # fmt: skip
        lending.add_closed_period(
            rules, by=by, start=date(summer, 8, 1), end=date(summer, 8, 15), words="fermeture d’été"
        )
    first = people.employers[0]
    by, rules = member_of(first), LendingRules(employer=first)
    for service in ("Exploitation", "Bureau d’études"):
        lending.add_approver(rules, by=by, service=service, name=data.name())
    for need in wanted_by(by)[:1]:
        name = data.name()
        nominations.nominate(
            need, employer=first, by=by, name=name, email=data.email(name), agreed=True,
            job="Technicienne ou technicien", word="Vous avez déjà fait ce travail ici.",
        )  # fmt: skip
