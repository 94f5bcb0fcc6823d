"""The site map links to every page of every menu of the person, and to no other page."""

import re

import pytest
from django.test import Client

from explor.ground.roles.context import menu_of
from explor.ground.roles.registry import roles_of
from factories import MemberFactory, OfficerFactory, PersonFactory

pytestmark = pytest.mark.django_db
PLAN = "/plan-du-site/"


@pytest.fixture(autouse=True)
def demo(settings) -> None:
    settings.EXPLOR_DEMO = True


def links_of(client: Client) -> set[str]:
    page = client.get(PLAN).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return set(re.findall(r'href="(/[^"#]*)"', main))


def test_every_public_page_of_the_site_map_answers_and_every_page_links_to_the_site_map() -> None:
    links = links_of(Client())
    assert {"/", "/projets/", "/chiffres/", "/verifier/", "/compte/login/"} <= links
    for url in sorted(links):
        response = Client().get(url)
        assert response.status_code == 200, url
        assert f'<a href="{PLAN}">Plan du site</a>' in response.content.decode(), url


def test_the_site_map_shows_a_person_the_menu_of_each_of_their_roles_and_no_other() -> None:
    person = PersonFactory()
    network = OfficerFactory(person=person).network
    MemberFactory(person=person)
    other = OfficerFactory().network
    client = Client()
    client.force_login(person)
    links = links_of(client)
    menus = [menu_of(role) for role in roles_of(person)]
    assert len(menus) == 2
    for entry in (each for menu in menus for top in menu for each in (top.items or [top])):
        assert entry.url in links
        assert client.get(entry.url).status_code == 200, entry.url
    assert f"/reseau/{network.slug}/" in links
    assert not any(f"/{other.slug}/" in url for url in links)
