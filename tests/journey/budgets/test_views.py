"""Pages that edit the budget of a mission; totals by network without personal data."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from explor.actors.networks.models import Coordinator
from explor.ground.accounts.models import Person
from explor.ground.http.actor import Actor
from explor.journey.budgets.models import BudgetLine
from explor.journey.calls.models import Envelope, FunderMember
from explor.journey.missions.pages import url_of
from factories import (
    FunderFactory,
    MissionFactory,
    NetworkFactory,
    PersonFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
)
from support.missions import on, side_by_side

pytestmark = pytest.mark.django_db
Session = Callable[[Actor], Client]
LINE = {
    "heading": "TRANSPORT", "planned": "900", "committed": "0", "paid": "0", "currency": "EUR",
}  # fmt: skip
ONCE = "0b0d8a4e-2f5c-4a39-9a39-3c4f6f2f7a11"


def test_submitting_a_budget_line_twice_creates_one_line(session_of: Session) -> None:
    mission = MissionFactory()
    actor = officer_actor(mission.network)
    client = session_of(actor)
    url = reverse("budgets:reseau_plan", args=[actor.key, mission.pk])
    assert client.get(url).status_code == 200
    targets = {client.post(url, {**LINE, "idempotency_key": ONCE})["Location"] for _ in range(2)}
    assert targets == {url_of(actor, mission)}
    assert mission.budget.count() == 1


def test_a_budget_line_in_another_currency_requires_a_rate_with_its_date(
    session_of: Session,
) -> None:
    mission = MissionFactory()
    actor = officer_actor(mission.network)
    client = session_of(actor)
    url = reverse("budgets:reseau_plan", args=[actor.key, mission.pk])
    abroad = {**LINE, "currency": "XOF", "original": "65595,70", "paid": "100"}
    response = client.post(url, abroad)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["rate"]
    dated = {**abroad, "rate": "655,957", "rate_on": on(0).isoformat()}
    assert client.post(url, dated).status_code == 302
    line = mission.budget.get()
    assert (line.original, line.rate, line.paid) == (
        Decimal("65595.70"), Decimal("655.957"), Decimal(100),
    )  # fmt: skip


def test_editing_a_budget_line_from_a_stale_page_fails_and_keeps_the_input(
    session_of: Session,
) -> None:
    mission = MissionFactory()
    line = BudgetLine.objects.create(mission=mission, heading="VISA", version=3)
    actor = officer_actor(mission.network)
    url = reverse("budgets:reseau_book", args=[actor.key, line.pk])
    response = session_of(actor).post(url, {**LINE, "version": 2, "note": "À ne pas perdre."})
    assert response.status_code == 409
    assert "À ne pas perdre." in response.content.decode()
    line.refresh_from_db()
    assert line.planned == 0


def test_a_budget_line_is_deleted_on_its_confirmation_page(session_of: Session) -> None:
    mission = MissionFactory()
    line = BudgetLine.objects.create(mission=mission, heading="VISA")
    actor = officer_actor(mission.network)
    client = session_of(actor)
    url = reverse("budgets:reseau_drop", args=[actor.key, line.pk])
    assert (
        f'href="{url}"'
        in client.get(reverse("budgets:reseau_book", args=[actor.key, line.pk])).content.decode()
    )
    assert client.get(url).status_code == 200
    assert client.post(url, {"version": 0})["Location"] == url_of(actor, mission)
    assert mission.budget.count() == 0


def test_the_budget_pages_of_a_mission_return_404_to_another_network(
    session_of: Session,
) -> None:
    line = BudgetLine.objects.create(mission=MissionFactory(), heading="VISA")
    actor = officer_actor(NetworkFactory())
    client = session_of(actor)
    for name, pk in (("plan", line.mission_id), ("book", line.pk), ("drop", line.pk)):
        url = reverse(f"budgets:reseau_{name}", args=[actor.key, pk])
        assert (client.get(url).status_code, client.post(url).status_code) == (404, 404), name


def test_the_association_sees_the_budget_but_expert_and_employer_do_not(
    session_of: Session,
) -> None:
    mission = MissionFactory()
    BudgetLine.objects.create(mission=mission, heading="TRANSPORT", planned=Decimal("912.34"))
    association = association_actor(mission.association)
    text = session_of(association).get(url_of(association, mission)).content.decode()
    assert ("912,34" in text, "/budget/" in text) == (True, False)
    for actor in (expert_actor(mission.expert), employer_actor(mission.employer)):
        text = session_of(actor).get(url_of(actor, mission)).content.decode()
        assert "912,34" not in text


def overseers() -> list[tuple[Person, str]]:
    coordinator, reader, funder = PersonFactory(), PersonFactory(), FunderFactory()
    Coordinator.objects.create(person=coordinator)
    FunderMember.objects.create(funder=funder, person=reader)
    BudgetLine.objects.update(funder=funder)
    return [(coordinator, "/coordination/"), (reader, f"/financeur/{funder.slug}/")]


@pytest.mark.parametrize("count", [10, 60])
def test_coordinator_and_funder_home_pages_show_totals_but_no_expert_name(
    count: int, session_of: Session, django_assert_max_num_queries: Any
) -> None:
    network = NetworkFactory(in_explor=True, name="Réseau d’exemple")
    made = side_by_side(network, count)
    BudgetLine.objects.bulk_create(
        BudgetLine(mission=mission, heading="TRANSPORT", planned=Decimal("100.10"))
        for mission in made
    )
    for person, url in overseers():
        client = Client()
        client.force_login(person)
        with django_assert_max_num_queries(25):
            text = client.get(url).content.decode()
        assert "Réseau d’exemple" in text
        assert f"{count * 100 + count // 10}" in text.replace("\u202f", "").replace("\xa0", "")
        assert made[0].expert.person.name not in text


def test_the_home_page_of_a_network_shows_its_overspent_envelope(session_of: Session) -> None:
    mission = MissionFactory()
    funder = FunderFactory(name="Région d’exemple")
    Envelope.objects.create(call=mission.need.call, funder=funder, amount=Decimal(500))
    BudgetLine.objects.create(mission=mission, heading="VISA", funder=funder, planned=Decimal(600))
    text = (
        session_of(officer_actor(mission.network))
        .get(f"/reseau/{mission.network.slug}/")
        .content.decode()
    )
    assert ("Région d’exemple" in text, "dépassée" in text) == (True, True)
