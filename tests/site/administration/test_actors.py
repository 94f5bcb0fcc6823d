"""Administration pages of networks and funders: access, refused forms, change of slug."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from explor.actors.networks.models import Coordinator, Network
from explor.ground.accounts.models import Invitation, Person
from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.journey.calls.models import Funder, FunderMember
from factories import (
    AssociationFactory,
    ExpertFactory,
    FunderFactory,
    NetworkFactory,
    OfficerFactory,
    PersonFactory,
    association_actor,
    expert_actor,
    officer_actor,
    wearing,
)

pytestmark = pytest.mark.django_db
ROOT = "/administration/"
NETWORK = {
    "name": "Les Alizés",
    "slug": "alizes",
    "region": "84",
    "departments": "03, 15",
    "accent": "lagon",
    "in_explor": "on",
}
FUNDER = {"name": "Fonjep", "slug": "fonjep", "level": "national", "siret": ""}
SIRET = "732 829 320 00074"
PAGES = (
    *("reseaux/", "reseaux/nouveau/", "reseaux/{network}/"),
    *("reseaux/{network}/modifier/", "reseaux/{network}/inviter/"),
    *("financeurs/", "financeurs/nouveau/", "financeurs/{funder}/"),
    *("financeurs/{funder}/modifier/", "financeurs/{funder}/inviter/"),
    *("roles/", "roles/coordination/inviter/", "roles/administration/inviter/"),
)


def of(person: Person) -> Client:
    return wearing(Actor(person=person.pk))


def coordination() -> Client:
    return of(Coordinator.objects.create(person=PersonFactory()).person)


def funder() -> Client:
    return of(FunderMember.objects.create(funder=FunderFactory(), person=PersonFactory()).person)


ROLES: dict[str, Callable[[], Client]] = {
    "association": lambda: wearing(association_actor(AssociationFactory())),
    "reseau": lambda: wearing(officer_actor(OfficerFactory(position="direction").network)),
    "coordination": coordination,
    "financeur": funder,
    "expert": lambda: wearing(expert_actor(ExpertFactory())),
}


def urls() -> list[str]:
    """Return the URL of every page, for an existing network and funder."""
    where = {"network": NetworkFactory().pk, "funder": FunderFactory(slug="ici").pk}
    return [ROOT + page.format(**where) for page in PAGES]


def test_an_administrator_can_open_every_network_and_funder_page(admin: Client) -> None:
    assert {url: code for url in urls() if (code := admin.get(url).status_code) != 200} == {}


@pytest.mark.parametrize("role", ROLES)
def test_roles_other_than_administration_cannot_open_administration_pages(role: str) -> None:
    client = ROLES[role]()
    pages = urls()
    before = (Network.objects.count(), Funder.objects.count())
    for url in pages:
        answers = (client.get(url), client.post(url, NETWORK | FUNDER | {"email": "bo@e.test"}))
        assert [answer.status_code for answer in answers] == [404, 404], url
    assert (Network.objects.count(), Funder.objects.count()) == before
    assert not Invitation.objects.exists()


def test_an_anonymous_visitor_is_asked_to_sign_in_and_changes_nothing() -> None:
    pages = urls()
    before = (Network.objects.count(), Funder.objects.count())
    for url in pages:
        asked = Client().get(url)
        assert (asked.status_code, asked.url.startswith("/compte/login/")) == (302, True), url
        # What was typed is shown again, since its author may have lost the session.
        assert Client().post(url, NETWORK).status_code == 403, url
    assert (Network.objects.count(), Funder.objects.count()) == before


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"slug": "autre"}, "slug"),
        ({"departments": "03, 999"}, "departments"),
        ({"name": ""}, "name"),
        ({"departments": ""}, "departments"),
        ({"email": "x"}, "email"),
    ],
)
@pytest.mark.parametrize("verb", ["nouveau", "modifier"])
def test_a_refused_network_form_shows_the_error_by_its_field_and_the_typed_values(
    verb: str, admin: Client, press: Any, typed: dict[str, str], field: str
) -> None:
    NetworkFactory(slug="autre", departments=["69"])
    own = NetworkFactory(slug="ici", name="Amont", departments=["42"])
    part = "nouveau/" if verb == "nouveau" else f"{own.pk}/modifier/"
    page = press(f"{ROOT}reseaux/{part}", **{**NETWORK, **typed})
    form = page.context["form"]
    assert (page.status_code, list(form.errors)) == (422, [field])
    kept = {name: form[name].value() for name in ("name", "slug", "departments")}
    assert kept == {name: {**NETWORK, **typed}[name] for name in kept}
    assert list(Network.objects.order_by("pk").values_list("slug", flat=True)) == ["autre", "ici"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"slug": "autre"}, "slug"),
        ({"name": ""}, "name"),
        ({"level": "mondial"}, "level"),
        ({"siret": "73282932000075"}, "siret"),
    ],
)
@pytest.mark.parametrize("verb", ["nouveau", "modifier"])
def test_a_refused_funder_form_shows_the_error_by_its_field_and_the_typed_values(
    verb: str, admin: Client, press: Any, typed: dict[str, str], field: str
) -> None:
    FunderFactory(slug="autre")
    own = FunderFactory(slug="ici")
    part = "nouveau/" if verb == "nouveau" else f"{own.pk}/modifier/"
    page = press(f"{ROOT}financeurs/{part}", **{**FUNDER, **typed})
    form = page.context["form"]
    assert (page.status_code, list(form.errors)) == (422, [field])
    assert {name: form[name].value() for name in FUNDER} == {**FUNDER, **typed}
    assert list(Funder.objects.order_by("pk").values_list("slug", flat=True)) == ["autre", "ici"]


def kept_on(page: Any) -> dict[str, str]:
    """Return the initial values that a page keeps in its hidden fields, as a browser sends them."""
    inputs = re.findall(
        r'<input type="hidden" name="(initial-[^"]+)"([^>]*)>', page.content.decode()
    )
    return {
        name: html.unescape("".join(re.findall('value="([^"]*)"', rest))) for name, rest in inputs
    }


def test_saving_a_network_form_keeps_fields_changed_by_others_after_it_was_opened(
    admin: Client,
) -> None:
    network = NetworkFactory(slug="alizes", name="Les Alizés", departments=["03", "15"])
    url = f"{ROOT}reseaux/{network.pk}/modifier/"
    page = admin.get(url)
    before = {**NETWORK, **{name: getattr(network, name) for name in ("accent", "region", "email")}}
    Network.objects.update(departments=["03", "63"], in_explor=False, email="a@alizes.test")
    typed = {**kept_on(page), **before, "phone": "04 00 00 00 00"}
    assert admin.post(url, typed).status_code == 302
    network.refresh_from_db()
    assert (network.departments, network.in_explor, network.email, network.phone) == (
        ["03", "63"],
        False,
        "a@alizes.test",
        "04 00 00 00 00",
    )
    assert Entry.objects.get(verb="edit_network").details == {"fields": ["phone"]}


def test_a_refused_network_form_sent_again_saves_every_change_typed_before(admin: Client) -> None:
    network = NetworkFactory(slug="alizes", phone="04 00 00 00 00")
    url = f"{ROOT}reseaux/{network.pk}/modifier/"
    typed = {**NETWORK, "phone": ""}
    page = admin.post(url, {**kept_on(admin.get(url)), **typed, "name": ""})
    assert page.status_code == 422
    admin.post(url, {**kept_on(page), **typed})
    network.refresh_from_db()
    assert (network.name, network.phone) == ("Les Alizés", "")


def test_saving_a_funder_form_keeps_fields_changed_by_others_after_it_was_opened(
    admin: Client,
) -> None:
    own = FunderFactory(**FUNDER)
    url = f"{ROOT}financeurs/{own.pk}/modifier/"
    page = admin.get(url)
    Funder.objects.update(name="Le Fonjep")
    admin.post(url, {**kept_on(page), **FUNDER, "siret": SIRET})
    own.refresh_from_db()
    assert (own.name, own.siret) == ("Le Fonjep", "73282932000074")
    assert Entry.objects.get(verb="edit_funder").details == {"fields": ["siret"]}


def test_a_funder_siret_typed_with_spaces_is_saved_without_spaces(
    admin: Client, press: Any
) -> None:
    press(f"{ROOT}financeurs/nouveau/", **{**FUNDER, "siret": SIRET})
    assert Funder.objects.get().siret == "73282932000074"


def test_a_network_form_submitted_twice_creates_one_network(admin: Client) -> None:
    url = f"{ROOT}reseaux/nouveau/"
    key = admin.get(url).context["form"]["idempotency_key"].value()
    answers = [admin.post(url, {**NETWORK, "idempotency_key": key}) for _ in range(2)]
    assert len({answer.url for answer in answers}) == 1
    assert Network.objects.count() == 1


def test_changing_the_slug_of_a_network_or_funder_updates_its_pending_invitations(
    admin: Client, press: Any
) -> None:
    network, own = NetworkFactory(), FunderFactory()
    press(f"{ROOT}reseaux/{network.pk}/inviter/", email="a@e.test", name="", position="direction")
    press(f"{ROOT}financeurs/{own.pk}/inviter/", email="b@e.test", name="")
    press(f"{ROOT}reseaux/{network.pk}/modifier/", **NETWORK)
    press(f"{ROOT}financeurs/{own.pk}/modifier/", **FUNDER)
    keys = Invitation.objects.order_by("email").values_list("role_type", "role_key")
    assert list(keys) == [("reseau", "alizes"), ("financeur", "fonjep")]
