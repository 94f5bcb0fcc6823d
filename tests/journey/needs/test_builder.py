"""Pages of the guided builder of a need: saving, suggestions, conflicts and query counts."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from explor.ground.http.actor import Actor
from explor.journey.needs import actions
from explor.journey.needs.models import Need, Revision
from explor.journey.needs.pages.suggestions import examples_of
from explor.journey.needs.rules import SCREENS
from factories import NeedFactory

pytestmark = pytest.mark.django_db


def at(need: Need, rest: str) -> str:
    return f"/association/{need.association.slug}/besoins/{need.pk}/{rest}"


def typed(**fields: Any) -> dict[str, Any]:
    return {"version": 0, "tab": uuid4(), **fields}


def words(response: Any) -> str:
    return " ".join(response.content.decode().replace("\xa0", " ").split())


@pytest.mark.parametrize("slug", SCREENS)
def test_each_screen_of_the_need_builder_renders_within_its_query_limit(
    member: Client, need: Need, slug: str
) -> None:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = member.get(at(need, f"ecrans/{slug}/"))
    assert response.status_code == 200
    assert SCREENS[slug].title in words(response)
    assert len(captured) <= 16


def test_the_review_page_lists_what_is_missing_then_submits_the_complete_need(
    member: Client, need: Need
) -> None:
    assert "Tout est là" in words(member.get(at(need, "relire/")))
    Need.objects.update(objectives="")
    page = words(member.get(at(need, "relire/")))
    assert "Il manque : les objectifs" in page
    assert "Déposer le besoin</button>" not in page


def test_submitting_a_screen_saves_its_fields_and_redirects_to_the_next_screen(
    member: Client, need: Need
) -> None:
    data = typed(purpose="evaluate", mission_type="EVALUATION")
    response = member.post(at(need, "ecrans/mission/"), data)
    assert response["Location"] == at(need, "ecrans/attendus/")
    need.refresh_from_db()
    assert (need.purpose, need.mission_type) == ("evaluate", "EVALUATION")
    data = typed(
        window_start=need.window_start, window_end=need.window_end, days=12, seats=1, version=1
    )
    assert member.post(at(need, "ecrans/dates/"), data)["Location"] == at(need, "relire/")


def test_a_field_required_to_file_a_need_is_not_marked_as_optional(
    member: Client, need: Need
) -> None:
    page = words(member.get(at(need, "ecrans/attendus/")))
    assert "Objectifs </label>" in page
    assert "Livrables <small>(facultatif)</small> </label>" in page


def test_a_click_on_a_suggested_sentence_adds_it_to_the_field(member: Client, need: Need) -> None:
    data = typed(objectives="Mes mots.", expected_results="", deliverables="", add="objectives:1")
    response = member.post(at(need, "ecrans/attendus/"), data)
    assert response["Location"] == at(need, "ecrans/attendus/#id_objectives")
    need.refresh_from_db()
    assert need.objectives == f"Mes mots.\n{examples_of('FORMATION', 'objectives')[1]}"


def test_a_searched_skill_is_suggested_and_added_by_a_click(member: Client, need: Need) -> None:
    data = typed(skills="Gestion de l’eau", languages="français B2", chercher="apicultures")
    response = member.post(at(need, "ecrans/competences/"), {**data, "search": "1"})
    here = at(need, "ecrans/competences/")
    assert response["Location"] == f"{here}?chercher=apicultures#propositions"
    assert "+ Apiculture" in words(member.get(f"{here}?chercher=apicultures"))
    member.post(f"{here}?chercher=apicultures", {**data, "add": "skills:apiculture"})
    need.refresh_from_db()
    assert need.skills[-1] == "Apiculture"


def test_the_builder_saves_an_added_language_with_its_level(member: Client, need: Need) -> None:
    data = typed(skills="", languages="français B2", add_language="pt", add_level="")
    response = member.post(at(need, "ecrans/competences/"), data)
    assert response.status_code == 422
    member.post(at(need, "ecrans/competences/"), {**data, "add_level": "B1"})
    assert [str(each) for each in need.languages.all()] == ["fr B2", "pt B1"]


def test_autosaving_in_the_need_builder_stays_within_its_query_limit(
    member: Client, need: Need
) -> None:
    data = typed(objectives="Form", expected_results="x", deliverables="")
    member.post(at(need, "ecrans/attendus/garder/"), data)
    with CaptureQueriesContext(connection) as captured:
        data["objectives"] = "Former"
        response = member.post(at(need, "ecrans/attendus/garder/"), data)
    assert "Enregistré à" in words(response)
    assert len(captured) <= 14
    need.refresh_from_db()
    assert need.objectives == "Former"
    assert Revision.objects.count() == 1


def test_autosave_reports_an_invalid_field_and_saves_the_valid_ones(
    member: Client, need: Need
) -> None:
    data = typed(window_start="2031-02-01", window_end="2031-01-01", days=400, seats=2)
    page = words(member.post(at(need, "ecrans/dates/garder/"), data))
    assert "sauf : Au plus tard le, Durée sur place (jours)" in page
    need.refresh_from_db()
    assert (need.seats, need.days) == (2, 10)


def test_an_edit_conflict_in_the_need_builder_is_refused_and_keeps_the_typed_text(
    member: Client, colleague: Client, need: Need, own: Actor
) -> None:
    path = at(need, "ecrans/attendus/")
    texts = {"expected_results": need.expected_results, "deliverables": ""}
    member.post(f"{path}garder/", typed(objectives="Les mots de l’un.", **texts))
    data = typed(objectives="Les mots de l’autre.", **texts)
    response = colleague.post(f"{path}garder/", data)
    assert response.status_code == 409
    assert f"{own.name} a changé « Objectifs » à" in words(response)
    response = colleague.post(path, data)
    page = words(response)
    assert response.status_code == 409
    assert "Les mots de l’un." in page
    assert "Les mots de l’autre." in page
    assert 'name="version" value="1"' in page
    assert colleague.post(path, {**data, "version": 1}).status_code == 302
    need.refresh_from_db()
    assert need.objectives == "Les mots de l’autre."


def test_after_an_edit_conflict_a_field_left_untouched_keeps_the_value_of_the_other_author(
    member: Client, colleague: Client, need: Need
) -> None:
    path = at(need, "ecrans/attendus/")
    before = {
        "objectives": need.objectives, "expected_results": need.expected_results,
        "deliverables": "",
    }  # fmt: skip
    theirs = {"objectives": "De l’un.", "expected_results": "De l’un aussi."}
    assert member.post(path, typed(**before | theirs)).status_code == 302
    refused = colleague.post(path, typed(**before | {"objectives": "De l’autre."}))
    assert refused.status_code == 409
    drawn = {each.name: each.value() for each in refused.context["form"].hidden_fields()}
    assert (drawn["version"], drawn["first_version"]) == ("1", "0")
    sent = {**before, "objectives": "De l’autre.", **drawn}
    assert colleague.post(path, sent).status_code == 302
    need.refresh_from_db()
    assert (need.objectives, need.expected_results) == ("De l’autre.", "De l’un aussi.")


def test_the_need_builder_is_refused_to_other_associations_and_after_filing(
    member: Client, need: Need, own: Actor
) -> None:
    foreign = NeedFactory()
    assert member.get(at(need, "ecrans/ailleurs/")).status_code == 404
    assert member.get(at(need, "ecrans/mission/garder/")).status_code == 404
    mine = f"/association/{need.association.slug}/besoins/{foreign.pk}/ecrans/mission/"
    assert member.get(mine).status_code == 404
    actions.submit(need, by=own)
    assert member.get(at(need, "ecrans/mission/")).status_code == 403
    assert member.get(at(need, "relire/")).status_code == 403
    data = typed(purpose="evaluate", mission_type="IMPACT")
    for rest in ("ecrans/mission/garder/", "ecrans/mission/"):
        response = member.post(at(need, rest), data)
        assert response.status_code == 409
        assert "Ce besoin est déposé : il ne se modifie plus." in words(response)
