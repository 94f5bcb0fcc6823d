"""Loading the demonstration data."""

import pytest
from django.db.models import F

from explor.actors.experts.models import WITHOUT_EMPLOYER, Expert
from explor.actors.networks.models import Network
from explor.journey.admissibility.selectors import clock_of
from explor.journey.calls.forms import CallEdit
from explor.journey.calls.models import Call
from explor.journey.decisions.models import Decision
from explor.journey.missions.models import Mission
from explor.journey.missions.states import State
from explor.journey.needs.models import Need
from explor.site.demo import season


def refused_by_their_form() -> dict[str, dict[str, list[str]]]:
    """Return the errors of the form of each call, sent as it was displayed."""
    errors = {}
    for call in Call.objects.filter(of_taken_over=False):
        form = CallEdit(subject=call)
        sent = {
            name: form[name].value() for name in form.fields if form[name].value() not in (None, "")
        }
        errors[call.title] = dict(CallEdit(sent, subject=call).errors)
    return {title: wrong for title, wrong in errors.items() if wrong}


@pytest.mark.django_db
def test_demonstration_data_are_loaded_only_once_with_missions_in_every_state():
    season.load(seed=1)
    assert set(Mission.objects.values_list("state", flat=True)) == set(State.values)
    who_leaves = set(Mission.objects.values_list("expert__employment", flat=True))
    assert {"retraite", "cdd", "salarie", "titulaire"} <= who_leaves
    alone = Mission.objects.filter(expert__employment__in=WITHOUT_EMPLOYER)
    assert set(alone.values_list("release__scheme", "employer")) == {("BSE", None)}
    assert not Expert.objects.filter(employment="cdd", contract_ends=None).exists()
    assert len(season.accounts()) == len(season.ACCOUNTS)
    assert refused_by_their_form() == {}
    for network in Network.objects.filter(calls__isnull=False).distinct():
        assert (clock_of(network.pk).ninetieth or 0) <= 15
    assert not Decision.objects.filter(decided_at__gt=F("announced_at")).exists()
    assert not Need.objects.filter(state_since__lt=F("filed_at")).exists()
    season.load(seed=2)
    assert Network.objects.count() == 4
