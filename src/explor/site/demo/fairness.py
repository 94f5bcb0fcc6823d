"""Demonstration equity figures: past proposals, and a network that asks gender and age class."""

from datetime import timedelta

from django.utils import timezone

from explor.actors.experts.models import Consent
from explor.actors.networks.models import Network
from explor.journey.decisions.models import Decision
from explor.journey.needs.models import Need
from explor.journey.proposals.models import Proposal
from explor.journey.proposals.states import State
from explor.oversight.equity import actions
from explor.oversight.equity.models import Age, EquityAnswer, EquitySwitch, Gender

from .actors import DemoPeople, officer_of
from .demo_data import DemoData

DAY = timedelta(days=1)
GENDERS = (Gender.WOMAN, Gender.WOMAN, Gender.MAN, Gender.MAN, Gender.UNSAID)
ENDING = "Les dates ne convenaient pas (exemple)."
DAYS_OPEN = 120  # days since the network started to ask the question


def add_equity(data: DemoData, people: DemoPeople) -> None:
    """Move consents and proposals into the past, and add the equity figures of one network.

    The network asks gender and age class, experts answer, and the answers are counted.
    """
    now = timezone.now()
    consents = list(Consent.objects.order_by("pk"))
    for consent in consents:
        consent.given_at = now - data.randint(60, 700) * DAY
    Consent.objects.bulk_update(consents, ["given_at"])
    _decline(data, people)
    past = list(Proposal.objects.exclude(state=State.PROPOSED).order_by("pk"))
    for each in past:
        each.created_at = now - data.randint(40, 150) * DAY
    Proposal.objects.bulk_update(past, ["created_at"])
    _age_files(data)
    network = next(each for each in people.networks if each.slug == "resacoop")
    _ask(data, network, [each.expert_id for each in consents if each.network_id == network.pk])


def _decline(data: DemoData, people: DemoPeople) -> None:
    """Add an earlier proposal, declined or unanswered, to most needs with an agreed proposal."""
    chosen = set(Proposal.objects.values_list("expert", flat=True))
    free = [each for each in people.experts if each.state == "available" and each.pk not in chosen]
    for agreed in Proposal.objects.agreed().select_related("need").order_by("pk"):
        own = [each for each in free if each.network_id == agreed.need.network_id]
        if not own or data.random() < 0.2:
            continue
        expert = data.choice(own)
        free.remove(expert)
        Proposal.objects.create(
            need=agreed.need, expert=expert, employer_id=expert.employer_id,
            start=agreed.start, end=agreed.end, answer_by=timezone.now() - 30 * DAY,
            state=data.choice([State.DECLINED, State.LAPSED]), ending=ENDING,
        )  # fmt: skip


def _age_files(data: DemoData) -> None:
    """Move the submission, verdict and announcement of decided needs some months into the past."""
    now = timezone.now()
    for number, decision in enumerate(Decision.objects.order_by("pk").select_related("need")):
        filed = now - data.randint(200, 320) * DAY
        judged = filed + (2 + number % 10) * DAY
        Need.objects.filter(pk=decision.need_id).update(filed_at=filed, state_since=judged)
        if decision.announced_at:
            announced = filed + data.randint(20, 45) * DAY
            Decision.objects.filter(pk=decision.pk).update(
                decided_at=announced - 5 * DAY, announced_at=announced
            )


def _ask(data: DemoData, network: Network, experts: list[int]) -> None:
    switch = actions.switch_on(network, by=officer_of(network))
    today = timezone.localdate()
    EquitySwitch.objects.filter(pk=switch.pk).update(since=today - DAYS_OPEN * DAY)
    EquityAnswer.objects.bulk_create(
        EquityAnswer(
            switch=switch,
            expert_id=expert,
            gender=data.choice(GENDERS),
            age=data.choice(Age.values),
            day=today - data.randint(1, DAYS_OPEN) * DAY,
        )
        for expert in experts
        if data.random() < 0.7
    )
    actions.save_reading(switch, today=today)
