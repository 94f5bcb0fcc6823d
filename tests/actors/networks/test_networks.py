"""Networks: the postcodes they serve, settings, invitations and absences of officers."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from explor.actors.networks import actions, pages, selectors
from explor.actors.networks.models import Coordinator, Network, Officer
from explor.ground.accounts.models import Invitation, Person
from explor.ground.audit.models import Entry
from explor.ground.http.actor import SYSTEM
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.ui.days import date_format
from factories import NetworkFactory, OfficerFactory, PersonFactory, officer_actor, wearing

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return NetworkFactory(slug="alizes", name="Les Alizés", departments=["69", "2A", "974"])


def as_direction(network: Network):
    OfficerFactory(network=network, position="direction")
    return wearing(officer_actor(network))


@pytest.mark.parametrize(
    ("postcode", "served"),
    [("69007", True), ("20000", True), ("20200", False), ("97400", True), ("75001", False)],
)
def test_a_postcode_is_served_by_the_network_of_its_departement(network, postcode, served):
    assert selectors.serving(postcode) == (network if served else None)


@pytest.mark.parametrize("postcode", ["", "abcde", "00000", "97133", "98000"])
def test_no_network_is_found_for_an_invalid_postcode(network, postcode):
    assert selectors.serving(postcode) is None


def test_the_page_of_a_network_shows_its_officers(network):
    officer = OfficerFactory(network=network)
    OfficerFactory()
    page = wearing(officer_actor(network)).get("/reseau/alizes/le-reseau/")
    text = page.content.decode()
    assert (page.status_code, officer.person.name in text) == (200, True)
    assert page.context["officers"] == [(officer, "")]
    assert "Réservé à la direction du réseau." in text


def test_a_director_can_edit_the_settings_of_the_network(network):
    client = as_direction(network)
    url = "/reseau/alizes/le-reseau/reglages/"
    assert client.get(url).status_code == 200
    given = {"accent": "lagon", "answer_days": 9, "email": "bonjour@alizes.test"}
    assert client.post(url, given | {"answer_days": 90}).status_code == 422
    assert client.post(url, given).url == "/reseau/alizes/le-reseau/"
    network.refresh_from_db()
    assert (network.accent, network.answer_days) == ("lagon", 9)
    assert Entry.objects.get().verb == "set_network"


def test_saving_the_network_settings_keeps_a_setting_changed_since_the_page_opened(network):
    client = as_direction(network)
    url = "/reseau/alizes/le-reseau/reglages/"
    form = client.get(url).context["form"]
    seen = {name: form[name].value() for name in form.fields}
    hidden = {
        f"initial-{name}": ",".join(value) if isinstance(value, list) else value
        for name, value in seen.items()
    }
    Network.objects.update(email="a@alizes.test", papers_needed=["cer"], in_explor=False)
    client.post(url, {**hidden, **seen, "phone": "04 00 00 00 00"})
    network.refresh_from_db()
    assert (network.email, network.papers_needed, network.in_explor, network.phone) == (
        "a@alizes.test",
        ["cer"],
        False,
        "04 00 00 00 00",
    )
    assert Entry.objects.get().details == {"fields": ["phone"]}


def test_papers_ticked_on_a_refused_settings_form_are_saved_when_it_is_sent_again(network):
    client = as_direction(network)
    url = "/reseau/alizes/le-reseau/reglages/"
    given = {"accent": "lagon", "answer_days": 9, "papers_needed": ["cer"]}
    page = client.post(url, given | {"answer_days": 90, "initial-papers_needed": ""})
    assert 'name="initial-papers_needed" value=""' in page.content.decode()
    client.post(url, given | {"initial-papers_needed": ""})
    network.refresh_from_db()
    assert network.papers_needed == ["cer"]


def test_editing_a_network_locks_all_networks_in_primary_key_order(network):
    NetworkFactory()
    with CaptureQueriesContext(connection) as queries:
        actions.edit_network(network, by=SYSTEM, name="Alizés")
    locks = [each["sql"] for each in queries if "FOR UPDATE" in each["sql"]]
    [lock] = [sql for sql in locks if '"networks_network"' in sql]
    assert 'ORDER BY "networks_network"."id" ASC FOR UPDATE' in lock
    assert "WHERE" not in lock


@pytest.mark.parametrize("route", ["reglages/", "inviter/"])
def test_an_officer_who_is_not_a_director_can_neither_edit_settings_nor_invite(network, route):
    OfficerFactory(network=network)
    client = wearing(officer_actor(network))
    assert client.get(f"/reseau/alizes/le-reseau/{route}").status_code == 403
    assert client.post(f"/reseau/alizes/le-reseau/{route}", {}).status_code == 403


def test_a_director_can_invite_an_officer(network):
    client = as_direction(network)
    url = "/reseau/alizes/le-reseau/inviter/"
    assert client.post(url, {"email": "bo@exemple.test", "position": "chef"}).status_code == 422
    client.post(url, {"email": "bo@exemple.test", "position": "officer"})
    invitation = Invitation.objects.get()
    assert (invitation.role_type, invitation.role_key, invitation.position) == (
        "reseau",
        "alizes",
        "officer",
    )
    assert "bo@exemple.test" in client.get("/reseau/alizes/le-reseau/").content.decode()


def test_inviting_an_email_address_longer_than_its_column_shows_an_error(network):
    long = ".".join(["a" * 60] * 4)  # a valid domain
    url = "/reseau/alizes/le-reseau/inviter/"
    answer = as_direction(network).post(
        url, {"email": f"{'b' * 40}@{long}.fr", "position": "officer"}
    )
    assert answer.status_code == 422
    assert "au plus 254 caractères" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_during_the_absence_of_an_officer_the_replacement_gets_messages_and_tasks(network):
    away, present = OfficerFactory.create_batch(2, network=network)
    client = wearing(officer_actor(network))
    url = f"/reseau/alizes/le-reseau/absence/{away.pk}/"
    assert "Vous remplacez" not in wearing_of(present).get("/reseau/alizes/").content.decode()
    until = timezone.localdate() + timedelta(days=10)
    client.post(url, {"until": until.isoformat(), "replaced_by": present.pk})
    away.refresh_from_db()
    assert (away.away_until, away.replaced_by) == (until, present)
    assert selectors.addresses_of(network) == [present.person.email]
    text = wearing_of(present).get("/reseau/alizes/").content.decode()
    assert ("Vous remplacez" in text, away.person.name in text) == (True, True)
    assert "Vous remplacez" not in client.get("/reseau/alizes/").content.decode()
    assert Entry.objects.get().details == {"until": until.isoformat()}


def wearing_of(officer: Officer):
    from dataclasses import replace

    actor = officer_actor(officer.network)
    return wearing(replace(actor, person=officer.person_id))


def test_a_past_absence_of_an_officer_does_not_redirect_messages_or_tasks(network):
    away, present = OfficerFactory.create_batch(2, network=network)
    yesterday = timezone.localdate() - timedelta(days=1)
    actions.go_away(away, by=SYSTEM, until=yesterday, replaced_by=present)
    assert selectors.addresses_of(network) == [away.person.email, present.person.email]
    assert list(selectors.replaced_by(present.person_id, network.pk)) == []


def test_an_absent_officer_without_replacement_still_gets_messages(network):
    away = OfficerFactory(network=network)
    actions.go_away(away, by=SYSTEM, until=timezone.localdate(), replaced_by=None)
    assert selectors.addresses_of(network) == [away.person.email]


def test_messages_go_to_the_general_address_if_absent_officers_replace_each_other(network):
    one, other = OfficerFactory.create_batch(2, network=network)
    today = timezone.localdate()
    actions.go_away(one, by=SYSTEM, until=today, replaced_by=other)
    actions.go_away(other, by=SYSTEM, until=today, replaced_by=one)
    assert selectors.addresses_of(network) == ["contact@alizes.test"]


def test_an_absent_officer_gets_messages_again_once_the_account_of_the_replacement_is_closed(
    network,
):
    away, replacing, other = OfficerFactory.create_batch(3, network=network)
    actions.go_away(away, by=SYSTEM, until=timezone.localdate(), replaced_by=replacing)
    Person.objects.filter(pk=replacing.person_id).update(is_active=False)
    assert selectors.addresses_of(network) == [away.person.email, other.person.email]


def test_messages_go_to_absent_officers_if_all_are_absent_and_the_network_has_no_address(network):
    Network.objects.filter(pk=network.pk).update(email="")
    network.refresh_from_db()
    one, other = OfficerFactory.create_batch(2, network=network)
    today = timezone.localdate()
    actions.go_away(one, by=SYSTEM, until=today, replaced_by=other)
    actions.go_away(other, by=SYSTEM, until=today, replaced_by=one)
    assert selectors.addresses_of(network) == [one.person.email, other.person.email]


def test_the_page_of_the_network_shows_an_absence_until_its_last_day(network):
    today = timezone.localdate()
    away, replacing = OfficerFactory.create_batch(2, network=network)
    actions.go_away(away, by=SYSTEM, until=today, replaced_by=replacing)
    away.refresh_from_db()
    until = date_format(today, "j F Y")
    assert pages.absence_of(away, today) == (
        f"jusqu’au {until}, remplacement par {replacing.person.name}"
    )
    assert pages.absence_of(away, today + timedelta(days=1)) == ""
    page = wearing(officer_actor(network)).get("/reseau/alizes/le-reseau/").content.decode()
    assert f"jusqu’au {until}" in page


def test_a_director_may_record_the_absence_of_any_officer_and_others_their_own(network):
    one, other = OfficerFactory.create_batch(2, network=network)
    foreign = OfficerFactory()
    url = "/reseau/alizes/le-reseau/absence/{}/".format
    client = wearing_of(one)
    answers = [client.get(url(officer.pk)).status_code for officer in (one, other, foreign)]
    assert answers == [200, 403, 404]
    direction = OfficerFactory(network=network, position="direction")
    client = wearing_of(direction)
    answers = [client.get(url(officer.pk)).status_code for officer in (one, other, foreign)]
    assert answers == [200, 200, 404]


def test_an_officer_of_another_network_is_refused_as_a_replacement(network):
    one, foreign = OfficerFactory(network=network), OfficerFactory()
    url = f"/reseau/alizes/le-reseau/absence/{one.pk}/"
    assert wearing_of(one).post(url, {"replaced_by": foreign.pk}).status_code == 422


def test_a_new_network_is_on_the_public_page_and_serves_its_departements(client):
    NetworkFactory(name="Réseau Neuf", departments=["75"])
    assert "Réseau Neuf" in client.get("/dispositif/").content.decode()
    assert selectors.serving("75011").name == "Réseau Neuf"


@pytest.mark.parametrize(
    ("withdraw", "why"),
    [
        (actions.withdraw_officer, "Cette personne ne travaille pas pour ce réseau."),
        (actions.withdraw_coordinator, "Cette personne ne fait pas partie de la coordination."),
    ],
)
def test_withdrawing_a_role_from_a_person_who_does_not_have_it_is_refused(network, withdraw, why):
    elsewhere = OfficerFactory()
    with pytest.raises(ActionNotAllowed) as refusal:
        withdraw(elsewhere.person, network.slug, by=SYSTEM, reason="Départ.")
    assert refusal.value.reasons == (why,)
    assert (list(Officer.objects.all()), Entry.objects.count()) == ([elsewhere], 0)


@pytest.mark.parametrize(
    ("fields", "reasons"),
    [
        ({"slug": "alizes"}, ("L’identifiant « alizes » est celui des Alizés.",)),
        (
            {"slug": "alizes", "departments": ["69", "42"]},
            (
                "L’identifiant « alizes » est celui des Alizés.",
                "Rhône est déjà servi par Les Alizés.",
            ),
        ),
    ],
)
def test_creating_a_network_with_the_slug_of_another_is_refused(network, fields, reasons):
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.create_network(by=SYSTEM, name="Autre", **fields)
    assert refusal.value.reasons == reasons
    assert (list(Network.objects.all()), Entry.objects.count()) == ([network], 0)


def test_granting_the_coordinator_role_twice_gives_it_once() -> None:
    person = PersonFactory()
    for _ in range(2):
        actions.add_coordinator(person, "", "")
    assert list(Coordinator.objects.values_list("person", flat=True)) == [person.pk]
