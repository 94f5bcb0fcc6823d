"""Helpers for equity: people visible to a network for months, proposals, answers."""

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
    """Return the twelve months that a page shows today."""
    return window(timezone.localdate(), 12)


def inside() -> datetime:
    """Return an instant of those twelve months."""
    return year().instants[1] - timedelta(days=40)


def people(network: Network, count: int, **fields: Any) -> list[Expert]:
    """Create `count` people of one employer, visible to `network` since before the period."""
    fields.setdefault("employer", EmployerFactory(network=network))
    made = [ExpertFactory(network=network, **fields) for _ in range(count)]
    Consent.objects.filter(expert__in=made).update(given_at=inside() - timedelta(days=900))
    return made


def propose(expert: Expert, *, at: datetime | None = None, **fields: Any) -> Proposal:
    """Create a proposal to the network of the expert, by default within the period."""
    made: Proposal = ProposalFactory(
        expert=expert, decision__need__network=expert.network, **fields
    )
    Proposal.objects.filter(pk=made.pk).update(created_at=at or inside())
    return made


def asking(network: Network, *, days: int = 40) -> EquitySwitch:
    """Create the optional question, switched on for some days."""
    since: date = timezone.localdate() - timedelta(days=days)
    return EquitySwitch.objects.create(network=network, on=True, since=since, by="Camille")


def answered(switch: EquitySwitch, experts: list[Expert], gender: str, age: str = "unsaid") -> None:
    """Create the same answer by several people."""
    EquityAnswer.objects.bulk_create(
        EquityAnswer(switch=switch, expert=each, gender=gender, age=age) for each in experts
    )
