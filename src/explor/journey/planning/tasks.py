"""Jobs of the rounds: a scenario, and the outlook after each change."""

from procrastinate.contrib.django import app

from explor.actors.experts.models import Consent
from explor.actors.networks.models import Network
from explor.ground.travel_advice.models import Advice
from explor.journey.decisions.models import Decision
from explor.journey.needs.models import Need
from explor.journey.proposals.models import Proposal

from . import actions
from .models import Scenario


@app.task(name="planning.compute")
def compute(scenario: int) -> None:
    if found := Scenario.objects.select_related("matching_plan__call").filter(pk=scenario).first():
        actions.compute(found)


@app.task(name="planning.look_out")
def look_out(network: int) -> None:
    actions.look_out(Network.objects.get(pk=network))


@app.task(name="planning.expert_changed")
def expert_changed(subject: int) -> None:
    """Every network that sees the profile, or saw it until now."""
    expected_version = Consent.objects.filter(expert=subject).values_list("network", flat=True)
    actions.look_soon(sorted(set(expected_version)))


@app.task(name="planning.proposal_changed")
def proposal_changed(subject: int) -> None:
    need = Proposal.objects.select_related("need").get(pk=subject).need
    expert = Proposal.objects.values_list("expert", flat=True).get(pk=subject)
    expected_version = Consent.objects.filter(expert=expert).values_list("network", flat=True)
    actions.look_soon(sorted({need.network_id, *expected_version}))


@app.task(name="planning.decision_announced")
def decision_announced(subject: int) -> None:
    actions.look_soon([Decision.objects.select_related("need").get(pk=subject).need.network_id])


@app.task(name="planning.advice_read")
def advice_read(subject: int) -> None:
    """Every network that has needs in the country just read."""
    country = Advice.objects.values_list("country", flat=True).get(pk=subject)
    needs = Need.objects.filter(country=country, decision__in=Decision.objects.selected())
    actions.look_soon(sorted(set(needs.values_list("network", flat=True))))


@app.periodic(cron="10 4 * * *")
@app.task(name="planning.look_out_all")
def look_out_all(timestamp: int) -> None:
    """Each night: windows close, people become dormant, advice changes."""
    actions.look_soon(list(Network.objects.order_by("pk").values_list("pk", flat=True)))
