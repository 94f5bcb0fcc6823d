"""Helpers for the tests of equity: experts visible to a network, proposals, answers."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from explor.actors.experts.models import Consent, Expert
from explor.actors.networks.models import Network
from explor.journey.proposals.models import Proposal
from explor.oversight.equity.models import EquityAnswer, EquitySwitch
from explor.oversight.equity.selectors import Window, window
from factories import EmployerFactory, ExpertFactory, ProposalFactory


def year() -> Window:
    """Return the period of twelve months that the equity page shows today."""
    return window(timezone.localdate(), 12)


def inside() -> datetime:
    """Return an instant inside the twelve months that the equity page shows today."""
    return year().instants[1] - timedelta(days=40)


def people(network: Network, count: int, **fields: Any) -> list[Expert]:
    """Create `count` experts of one employer, visible to `network` since before the period."""
    fields.setdefault("employer", EmployerFactory(network=network))
    made = [ExpertFactory(network=network, **fields) for _ in range(count)]
    Consent.objects.filter(expert__in=made).update(given_at=inside() - timedelta(days=900))
    return made


def propose(expert: Expert, *, at: datetime | None = None, **fields: Any) -> Proposal:
    """Create a proposal of an expert to a need of their network, by default in the period."""
    made: Proposal = ProposalFactory(
        expert=expert, decision__need__network=expert.network, **fields
    )
    Proposal.objects.filter(pk=made.pk).update(created_at=at or inside())
    return made


def asking(network: Network, *, days: int = 40) -> EquitySwitch:
    """Create the switch of the optional question on gender and age, on for some days."""
    since: date = timezone.localdate() - timedelta(days=days)
    return EquitySwitch.objects.create(network=network, on=True, since=since, by="Camille")


def answered(switch: EquitySwitch, experts: list[Expert], gender: str, age: str = "unsaid") -> None:
    """Create the same answer to the optional question for several experts."""
    EquityAnswer.objects.bulk_create(
        EquityAnswer(switch=switch, expert=each, gender=gender, age=age) for each in experts
    )
