"""A network leaves the programme: nothing new is sent to it, what it follows goes on."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.actors.organisations.forms import AssociationRegistration
from explor.actors.transfers.selectors import networks_except
from explor.ground.http.actor import Actor
from explor.journey.calls import rules
from explor.journey.calls.models import Call
from explor.journey.eligibility import rules as eligibility
from explor.journey.missions.models import Mission
from explor.journey.needs.models import Need
from factories import (
    CallFactory,
    DecisionFactory,
    ExpertFactory,
    MissionFactory,
    NeedFactory,
    NetworkFactory,
    association_actor,
    expert_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db
Session = Callable[[Actor], Client]


@pytest.fixture
def network() -> Any:
    """Return a network that left, and had opened a call."""
    left = NetworkFactory(name="Alizés", slug="alizes", departments=["69"], in_explor=False)
    CallFactory(network=left, title="Appel des Alizés", presentation="Pour tous.")
    return left


def test_an_organisation_registers_with_a_network_of_the_programme(network: Any) -> None:
    typed = {"name": "Rives", "postcode": "69007", "city": "Lyon", "siret": "73282932000074"}
    assert list(AssociationRegistration(typed).errors) == ["network"]
    assert list(AssociationRegistration(typed | {"network": network.pk}).errors) == ["network"]
    other = NetworkFactory()
    assert AssociationRegistration(typed | {"network": other.pk}).is_valid()


def test_neither_a_transfer_nor_a_consent_is_proposed_to_it(
    network: Any, session_of: Session
) -> None:
    expert = ExpertFactory()
    assert network not in networks_except(expert.network_id)
    client = session_of(expert_actor(expert))
    assert network not in client.get("/expert/profil/").context["others"]
    url = "/expert/profil/reseaux/alizes/autoriser/"
    assert client.get(url).status_code == 403
    assert client.post(url, {}).status_code == 403


def test_its_open_call_receives_nothing_and_leaves_the_public_page(
    network: Any, session_of: Session
) -> None:
    need = NeedFactory(network=network, call=Call.objects.get(network=network), state="draft")
    assert "Appel des Alizés" not in Client().get("/dispositif/appels/").content.decode()
    assert Client().get(f"/dispositif/appels/{need.call.slug}/").context["receiving"] is False
    results = eligibility.evaluate(need, at=timezone.now(), others=0)
    assert "Votre réseau ne participe plus à EXPLOR : aucun besoin ne s’y dépose." in [
        each.why for each in eligibility.failing(results)
    ]
    client = session_of(association_actor(need.association))
    home = client.get(f"/association/{need.association.slug}/").content.decode()
    assert "Appel des Alizés" not in home


def test_it_opens_no_call(network: Any) -> None:
    Call.objects.update(state="draft")
    call = Call.objects.get(network=network)
    reasons = rules.missing_to_open(call)
    assert reasons == ["Votre réseau ne participe plus à EXPLOR."]


def test_its_missions_to_fill_leave_the_public_page(network: Any) -> None:
    need = NeedFactory(network=network, title="Former à Lomé", state="admissible")
    DecisionFactory(need=need, state="announced", verdict="favourable")
    assert list(Client().get("/missions/").context["rows"]) == []
    Network.objects.update(in_explor=True)
    assert [each.title for each in Client().get("/missions/").context["rows"]] == ["Former à Lomé"]


def test_its_officers_still_follow_their_missions(network: Any, session_of: Session) -> None:
    mission = MissionFactory(network=network)
    Need.objects.filter(pk=mission.need_id).update(network=network)
    client = session_of(officer_actor(network))
    assert client.get(f"/reseau/alizes/missions/{mission.pk}/").status_code == 200
    assert Mission.objects.visible_to(officer_actor(network)).count() == 1
