"""Loading the demonstration data."""

import pytest

from explor.actors.experts.models import WITHOUT_EMPLOYER, Expert
from explor.actors.networks.models import Network
from explor.journey.missions.models import Mission
from explor.journey.missions.states import State
from explor.site.demo import season


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
    season.load(seed=2)
    assert Network.objects.count() == 4
