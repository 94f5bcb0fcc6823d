"""The open API: pages without gaps, correct ETags, no personal data."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from explor.ground.audit import actions as audit
from explor.journey.sheets import actions
from explor.journey.sheets.models import ProjectSheet
from explor.oversight.indicators.actions import count
from explor.public.api.schemas import SheetPage
from factories import (
    AssociationFactory,
    DecisionFactory,
    NetworkFactory,
    ProjectFactory,
    SheetFactory,
    officer_actor,
)

pytestmark = pytest.mark.django_db


def get(path: str, **headers: str) -> Any:
    return Client().get(f"/api/v1/{path}", headers=headers)


def test_successive_api_pages_have_no_gap_and_no_duplicate() -> None:
    SheetFactory.create_batch(23)
    visited: list[str] = []
    cursor = ""
    while True:
        page = get(f"projets?limit=5{cursor}").json()
        visited += [row["slug"] for row in page["resultats"]]
        assert page["total"] == 23
        if not page["suivant"]:
            break
        cursor = f"&cursor={page['suivant']}"
    assert len(visited) == len(set(visited)) == 23


def test_api_rows_match_the_schema_of_the_api_description() -> None:
    SheetFactory(start_on="2024-01-02", declared="en cours", funders=["Ville"])
    SheetFactory(lead_organisation="", locality="", purpose="", department="69")
    page = get("projets").json()
    assert SheetPage.model_validate(page).model_dump(mode="json") == page
    assert len(page["resultats"]) == 2


def test_a_sheet_withdrawn_between_two_pages_hides_no_other_sheet() -> None:
    rows = SheetFactory.create_batch(6)
    first = get("projets?limit=3").json()
    last = ProjectSheet.objects.get(slug=first["resultats"][-1]["slug"])
    actions.withdraw(last, by=officer_actor(last.network), reason="erreur")
    second = get(f"projets?limit=3&cursor={first['suivant']}").json()
    result = {row["slug"] for row in first["resultats"] + second["resultats"]}
    assert result == {row.slug for row in rows}


def test_api_filters_select_sheets_by_words_country_and_sector() -> None:
    SheetFactory(title="Un grenier")
    SheetFactory(title="Un puits", countries=["TG"], sectors=["EAU"])
    SheetFactory(title="Un marché", countries=["BJ"])
    titles = [row["titre"] for row in get("projets?pays=TG&pays=BJ&tri=titre").json()["resultats"]]
    assert titles == ["Un marché", "Un puits"]
    assert get("projets?q=puits").json()["total"] == 1
    assert get("projets?secteur=EAU&pays=BF").json()["total"] == 0


@pytest.mark.parametrize(
    ("query", "result"),
    [
        ("limit=0", "limit : au moins 1"),
        ("limit=101", "limit : au plus 100"),
        ("limit=x", "limit : un nombre entier est attendu"),
        ("limit=" + "9" * 5000, "limit : ce nombre est trop grand"),
        ("cursor=abc", "cursor : certains caractères ne sont pas admis"),
        ("statut=fini", "statut : une de ces valeurs est attendue : "
         "'a-venir', 'en-cours', 'termine' ou 'a-confirmer'"),
        ("q=" + "a" * 121, "q : 120 caractères au plus"),
        ("&".join(["pays=FR"] * 21), "pays : 20 valeurs au plus"),
        ("odd=18&annee=12", "odd : au plus 17; annee : au moins 1000"),
    ],
)  # fmt: skip
def test_an_invalid_api_parameter_value_is_explained_in_french(query: str, result: str) -> None:
    answer = get(f"projets?{query}")
    assert (answer.status_code, answer.json()["detail"]) == (422, result)


@pytest.mark.parametrize(
    ("query", "result"),
    [
        ("projets?pays=ZZ&foo=1", "foo : paramètre inconnu ; les siens sont annee, cursor, "
         "departement, financeur, limit, odd, pays, q, reseau, secteur, statut, structure, tri, "
         "zone"),
        ("missions?pays=BF&a=1", "a, pays : paramètre inconnu ; les siens sont cursor, limit"),
        ("chiffres?an=2026", "an : paramètre inconnu ; les siens sont annee, reseau"),
        ("reseaux?q=x", "q : paramètre inconnu ; cet appel n’en prend aucun"),
        ("referentiels/sdgs?nom=x", "nom : paramètre inconnu ; cet appel n’en prend aucun"),
    ],
)  # fmt: skip
def test_an_unknown_api_parameter_is_refused_with_its_name(query: str, result: str) -> None:
    answer = get(query)
    assert (answer.status_code, answer.json()["detail"]) == (422, result)
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_api_requests_with_options_and_head_are_allowed_from_any_site() -> None:
    for path in ("projets", "reseaux", "referentiels/sdgs"):
        wanted = Client().options(f"/api/v1/{path}")
        assert (wanted.status_code, wanted["Access-Control-Allow-Origin"]) == (204, "*")
        assert "If-None-Match" in wanted["Access-Control-Allow-Headers"]
        head = Client().head(f"/api/v1/{path}")
        assert (head.status_code, head["ETag"]) == (200, get(path)["ETag"])


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "cursor=abc", "cursor=1-2-3", "odd=18", "statut=fini",
              "annee=12", "pays=%00", "tri=zut", "limit=x", "q=" + "a" * 121],
)  # fmt: skip
def test_an_api_parameter_value_that_is_not_allowed_is_refused(query: str) -> None:
    answer = get(f"projets?{query}")
    assert answer.status_code in (400, 422)
    assert answer.status_code == 400 or query.split("=")[0] in answer.json()["detail"]


def test_a_sheet_in_the_api_has_every_field_except_the_representative() -> None:
    content = {
        "title": "Un puits",
        "lead_organisation": {"name": "Semences", "representative": "Camille"},
    }
    row = SheetFactory(slug="un-puits", content=content)
    result = get("projets/un-puits").json()
    assert result["fiche"] == {"title": "Un puits", "lead_organisation": {"name": "Semences"}}
    actions.rename(row, by=officer_actor(row.network), slug="le-puits")
    assert get("projets/un-puits").json()["slug"] == "le-puits"
    actions.withdraw(row, by=officer_actor(row.network), reason="erreur")
    assert get("projets/le-puits").status_code == 410
    assert get("projets/absent").status_code == 404


def test_the_api_lists_only_associations_with_a_published_sheet() -> None:
    shown = AssociationFactory(name="Semences", state="verified")
    SheetFactory(project=ProjectFactory(association=shown), network=shown.network)
    AssociationFactory(name="Sans fiche", state="verified")
    result = get("organisations").json()["resultats"]
    assert [(row["nom"], row["fiches"]) for row in result] == [("Semences", 1)]


def test_the_api_lists_only_missions_of_announced_decisions() -> None:
    announced = DecisionFactory(state="announced", verdict="favourable", need__title="Former")
    DecisionFactory(state="decided", verdict="favourable", need__title="Secret")
    result = get("missions").json()["resultats"]
    assert [row["titre"] for row in result] == ["Former"]
    assert result[0]["reseau"] == announced.need.network.slug


def test_the_api_sends_the_figures_again_instead_of_304_once_they_are_counted_again() -> None:
    """Check that clients get the figures that a job computes some time after an action."""
    count()
    first = get("chiffres")
    assert get("chiffres", **{"if-none-match": first["ETag"]}).status_code == 304
    count()
    assert get("chiffres", **{"if-none-match": first["ETag"]}).status_code == 200


def test_a_cached_api_response_gets_304_until_the_data_change() -> None:
    NetworkFactory(name="Un réseau")
    for path in ("projets", "missions", "organisations", "reseaux", "referentiels/sdgs"):
        first = get(path)
        assert first["Access-Control-Allow-Origin"] == "*"
        assert first["Last-Modified"]
        assert get(path, **{"if-none-match": first["ETag"]}).status_code == 304
    held = get("missions")["ETag"]
    decision = DecisionFactory(verdict="favourable")

    audit.log(decision, "announce", by=officer_actor(decision.need.network))
    assert get("missions", **{"if-none-match": held}).status_code == 200


def test_the_api_returns_the_figures_as_tables_with_their_columns() -> None:
    network = NetworkFactory(in_explor=True)
    SheetFactory(network=network)
    result = get(f"chiffres?reseau={network.slug}").json()
    assert (result["annee"], result["reseau"]) == (None, network.slug)
    assert all(
        len(line) == len(table["colonnes"])
        for table in result["tableaux"].values()
        for line in table["lignes"]
    )
    assert get("chiffres?reseau=absent").status_code == 404
    assert get("chiffres?annee=12").status_code == 422


def test_the_api_refuses_write_methods() -> None:
    for method in ("post", "put", "delete", "patch"):
        assert getattr(Client(), method)("/api/v1/projets").status_code in (403, 405)


@pytest.mark.parametrize("rows", [5, 50])
def test_the_number_of_queries_of_an_api_page_does_not_grow_with_rows(rows: int) -> None:
    SheetFactory.create_batch(rows)
    get("projets")
    for path, most in (("projets", 2), ("missions", 3), ("organisations", 3), ("reseaux", 3)):
        with CaptureQueriesContext(connection) as caught:
            get(path)
        assert len(caught) == most, path


def test_the_openapi_description_and_its_page_list_every_endpoint() -> None:
    paths = get("openapi.json").json()["paths"]
    assert sorted(paths) == [
        "/api/v1/chiffres",
        "/api/v1/missions",
        "/api/v1/organisations",
        "/api/v1/projets",
        "/api/v1/projets/{slug}",
        "/api/v1/referentiels/{nom}",
        "/api/v1/reseaux",
    ]
    page = Client().get("/donnees/api/").content.decode()
    assert all(path in page for path in paths)
    assert json.dumps(paths)
