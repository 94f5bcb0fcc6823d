"""Background jobs that compute scenarios, and recruitment needs after each change and each night.

A change of an expert's consents also removes the name from the scenarios that lose it.
"""

from procrastinate.contrib.django import app

from explor.actors.experts.models import Consent, Expert
from explor.actors.networks.models import Network
from explor.ground.travel_advice.models import Advice
from explor.journey.decisions.models import Decision
from explor.journey.needs.models import Need
from explor.journey.proposals.models import Proposal

from . import actions
from .models import Scenario


@app.task(name="planning.compute")
def compute(scenario: int) -> None:
    """Compute the plan of the scenario with this primary key, if it still exists."""
    rows = Scenario.objects.select_related("matching_plan__call").filter(pk=scenario)
    if row := rows.first():
        actions.compute(row)


@app.task(name="planning.compute_recruitment_needs")
def compute_recruitment_needs(network: int) -> None:
    """Compute what the network with this primary key lacks."""
    actions.compute_recruitment_needs(Network.objects.get(pk=network))


@app.task(name="planning.expert_changed")
def expert_changed(subject: int) -> None:
    """Recompute what networks lack after a change of the expert with the primary key `subject`.

    The networks are those that have or had the expert's consent; where consent is withdrawn, the
    name of the expert is removed from the scenarios.
    """
    if expert := Expert.objects.filter(pk=subject).first():
        actions.withhold_name(expert)
    networks = Consent.objects.filter(expert=subject).values_list("network", flat=True)
    actions.schedule_recruitment_needs(sorted(set(networks)))


@app.task(name="planning.proposal_changed")
def proposal_changed(subject: int) -> None:
    """Recompute what networks lack after a proposal changed.

    The networks are that of the need and those that have or had the consent of the expert.
    """
    need = Proposal.objects.select_related("need").get(pk=subject).need
    expert = Proposal.objects.values_list("expert", flat=True).get(pk=subject)
    networks = Consent.objects.filter(expert=expert).values_list("network", flat=True)
    actions.schedule_recruitment_needs(sorted({need.network_id, *networks}))


@app.task(name="planning.decision_announced")
def decision_announced(subject: int) -> None:
    """Recompute what the network of the need lacks after a decision was announced."""
    decision = Decision.objects.select_related("need").get(pk=subject)
    actions.schedule_recruitment_needs([decision.need.network_id])


@app.task(name="planning.advice_read")
def advice_read(subject: int) -> None:
    """Recompute what networks lack after travel advice with the primary key `subject` was recorded.

    The networks are those with a selected need in its country.
    """
    country = Advice.objects.values_list("country", flat=True).get(pk=subject)
    needs = Need.objects.filter(country=country, decision__in=Decision.objects.selected())
    actions.schedule_recruitment_needs(sorted(set(needs.values_list("network", flat=True))))


@app.periodic(cron="10 4 * * *")
@app.task(name="planning.recruitment_needs_of_all")
def recruitment_needs_of_all(timestamp: int) -> None:
    """Recompute what every network lacks, each night, as dates of needs and profiles expire."""
    networks = Network.objects.order_by("pk").values_list("pk", flat=True)
    actions.schedule_recruitment_needs(list(networks))
