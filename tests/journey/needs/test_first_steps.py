"""The first steps of an association towards a need: open calls, project, first screens."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from explor.actors.organisations.models import FieldPartner
from explor.actors.projects.models import Project
from explor.journey.calls.models import Call
from explor.journey.needs.models import Need
from factories import CallFactory, FieldPartnerFactory, ProjectFactory

from .test_builder import at, typed, words

pytestmark = pytest.mark.django_db


def home(need: Need, rest: str = "") -> str:
    return f"/association/{need.association.slug}/{rest}"


def test_the_home_of_an_association_lists_the_open_calls(member: Client, need: Need) -> None:
    Call.objects.update(closes_at=timezone.now() + timedelta(days=30))
    page = words(member.get(home(need)))
    assert f"{need.call.title} <small>jusqu’au" in page
    assert f'href="{home(need, "besoins/nouveau/")}"' in page
    Call.objects.update(state="closed")
    assert home(need, "besoins/nouveau/") not in words(member.get(home(need)))


def test_beginning_a_need_without_a_project_also_creates_its_project(
    member: Client, need: Need
) -> None:
    data = {"call": need.call_id, "title": "Une pompe solaire à Kaya"}
    response = member.post(home(need, "besoins/nouveau/"), data)
    made = Need.objects.get(title="Une pompe solaire à Kaya")
    assert response["Location"] == at(made, "ecrans/probleme/")
    assert made.project.title == "Une pompe solaire à Kaya"
    assert made.project.association == need.association


def test_a_new_need_form_preselects_the_project_of_its_url_and_the_only_call(
    member: Client, need: Need
) -> None:
    other = ProjectFactory(association=need.association, title="Un autre projet")
    page = words(member.get(f"{home(need, 'besoins/nouveau/')}?projet={other.pk}"))
    assert f'<option value="{other.pk}" selected>Un autre projet</option>' in page
    assert f'<option value="{need.call_id}" selected>' in page
    assert f"?projet={other.pk}" in words(member.get(home(need, f"projets/{other.pk}/")))
    CallFactory(network=need.network, title="Un second appel", state="open")
    page = words(member.get(f"{home(need, 'besoins/nouveau/')}?projet=rien"))
    assert "Choisissez un appel" in page
    assert " selected>Un" not in page
    assert Project.objects.count() == 2


def test_a_partner_created_from_a_screen_is_then_selected_on_that_screen(
    member: Client, need: Need
) -> None:
    here = at(need, "ecrans/partenaire/")
    add = home(need, f"partenaires/ajouter/?retour={quote(here)}")
    assert add in words(member.get(here))
    data = {"name": "Coopérative Teelgo", "country": "BF", "place": "Kaya", "language": "fr"}
    response = member.post(add, data)
    partner = FieldPartner.objects.get(name="Coopérative Teelgo")
    assert response["Location"] == f"{here}?partenaire={partner.pk}"
    page = words(member.get(response["Location"]))
    assert f'<option value="{partner.pk}" selected>Coopérative Teelgo</option>' in page


@pytest.mark.parametrize("away", ["https://ailleurs.example/", "//ailleurs.example", "/reseau/x/"])
def test_the_return_url_of_the_partner_form_must_be_a_page_of_the_association(
    member: Client, need: Need, away: str
) -> None:
    data = {"name": "Coopérative Teelgo", "country": "BF", "language": "fr"}
    add = home(need, f"partenaires/ajouter/?retour={quote(away)}")
    assert member.post(add, data)["Location"] == home(need, "notre-organisation/")


def test_choosing_a_partner_fills_the_country_and_place_of_the_need_if_blank(
    member: Client, need: Need
) -> None:
    partner = FieldPartnerFactory(association=need.association, country="BF", place="Kaya")
    member.post(at(need, "ecrans/partenaire/"), typed(partner=partner.pk, country="", place=""))
    need.refresh_from_db()
    assert (need.partner, need.country, need.place) == (partner, "BF", "Kaya")
    data = typed(partner=partner.pk, country="ML", place="Kayes", version=1)
    member.post(at(need, "ecrans/partenaire/"), data)
    need.refresh_from_db()
    assert (need.country, need.place) == ("ML", "Kayes")


def test_a_skill_searched_but_not_added_is_reported_before_the_next_screen(
    member: Client, need: Need
) -> None:
    here = at(need, "ecrans/competences/")
    data: dict[str, Any] = {"skills": "", "languages": "français B2", "chercher": "pompe"}
    response = member.post(here, typed(**data), follow=True)
    assert response.redirect_chain[0][0] == f"{here}?chercher=pompe#propositions"
    assert "« pompe » n’est pas encore ajouté" in words(response)
    need.refresh_from_db()
    data["skills"] = "Pompage solaire"
    response = member.post(here, typed(**data, version=need.version))
    assert response["Location"] == at(need, "ecrans/dates/")


def test_a_past_date_window_is_refused_with_a_message_beside_its_field(
    member: Client, need: Need
) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    data = typed(
        window_start=yesterday, window_end=yesterday + timedelta(days=90), days=12, seats=1
    )
    response = member.post(at(need, "ecrans/dates/"), data)
    assert response.status_code == 422
    assert "La fenêtre doit commencer après aujourd’hui." in words(response)


def test_the_review_screen_links_to_the_partner_page_until_the_partner_confirms(
    member: Client, need: Need
) -> None:
    Need.objects.update(partner_confirmed_at=None)
    link = f'href="{at(need, "partenaire/")}"'
    assert link in words(member.get(at(need, "relire/")))
    Need.objects.update(partner_confirmed_at=timezone.now())
    assert link not in words(member.get(at(need, "relire/")))
