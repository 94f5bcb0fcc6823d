"""The public page of the missions to fill."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from explor.actors.experts.models import Expert
from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM
from factories import DecisionFactory, PersonFactory

pytestmark = pytest.mark.django_db


def announced(**values: object) -> Any:
    of_need = {f"need__{name}": value for name, value in values.items()}
    return DecisionFactory(state="announced", verdict="favourable", **of_need)


def titles(**filters: str) -> list[str]:
    return [need.title for need in Client().get("/missions/", filters).context["rows"]]


def test_the_public_list_of_missions_is_filtered_by_word_country_and_sector() -> None:
    announced(title="Former à la gestion", country="MG", sectors=["EAU"])
    announced(title="Soigner", country="BJ", sectors=["SANTE"])
    assert titles(q="gestion") == ["Former à la gestion"]
    assert titles(pays="BJ") == ["Soigner"]
    assert titles(secteur="EAU") == ["Former à la gestion"]
    assert titles(pays="BJ", secteur="EAU") == []
    page = " ".join(Client().get("/missions/?pays=BJ&secteur=EAU").text.split())
    assert "Voir toutes les missions" in page
    assert '<option value="BJ" selected>Bénin</option>' in page


def test_a_public_mission_links_to_a_new_expert_profile_prefilled_with_its_sectors() -> None:
    announced(sectors=["EAU"], skills=["Gestion de l’eau", "C & D"])
    page = Client().get("/missions/").content.decode()
    assert "secteurs=EAU&amp;competences=Gestion%20de%20l%E2%80%99eau&amp;" in page
    client = Client()
    client.force_login(PersonFactory())
    query = "?secteurs=EAU&secteurs=<x>&competences=Gestion de l’eau"
    form = client.get(f"/expert/profil/creer/{query}").context["form"]
    assert form["sectors"].value() == ["EAU", "<x>"]
    assert Expert.objects.count() == 0


def test_the_cached_public_list_of_missions_gets_304_until_a_new_journal_entry() -> None:
    decision = announced(title="Former à la gestion")
    held = {"if-none-match": Client().get("/missions/")["ETag"]}
    assert Client().get("/missions/", headers=held).status_code == 304
    audit.log(decision, "announce", by=SYSTEM)
    assert Client().get("/missions/", headers=held).status_code == 200


@pytest.mark.parametrize("rows", [5, 30])
def test_the_public_list_of_missions_stays_within_its_query_limit_at_any_size(rows: int) -> None:
    for _ in range(rows):
        announced()
    with CaptureQueriesContext(connection) as caught:
        assert Client().get("/missions/").status_code == 200
    assert len(caught) <= 6
