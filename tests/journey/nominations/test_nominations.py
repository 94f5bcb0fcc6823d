"""An employer nominates a person for a wanted profile; only the person accepts or declines."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from explor.actors.experts.actions import give_consent
from explor.actors.experts.models import Expert
from explor.ground.accounts.actions import invite
from explor.ground.accounts.models import Invitation, Person
from explor.ground.audit.models import Entry
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.models import IdempotencyKey
from explor.ground.mail.models import Message
from explor.ground.privacy.actions import purge
from explor.journey.needs.models import Need
from explor.journey.nominations import actions, rules, selectors
from explor.journey.nominations.models import Nomination
from factories import (
    DecisionFactory,
    EmployerFactory,
    ExpertFactory,
    NetworkFactory,
    PersonFactory,
    ProposalFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
    wearing,
)

pytestmark = pytest.mark.django_db
URL = "/employeur/ateliers/"
EMAIL = "noor@exemple.test"
GIVEN = {
    "name": "Noor Exemple",
    "email": EMAIL,
    "job": "Fontainière",
    "word": "Tu y serais bien.",
    "agreed": True,
}


@pytest.fixture
def network():
    return NetworkFactory(slug="alizes")


@pytest.fixture
def employer(network):
    return EmployerFactory(slug="ateliers", network=network, name="Ateliers du Val")


@pytest.fixture
def need(network):
    return DecisionFactory(need__state="admissible", need__network=network).need


def nominate(need, employer, **given):
    return actions.nominate(
        need, employer=employer, by=employer_actor(employer), **{**GIVEN, **given}
    )


def link_of(nomination):
    (message,) = Message.objects.filter(to=EMAIL, kind="nominations.nominate")
    return message.url


def secret_of(nomination):
    return link_of(nomination).rstrip("/").rpartition("/")[2]


def erased(nomination):
    nomination.refresh_from_db()
    kept = (nomination.name, nomination.email, nomination.job, nomination.word)
    return kept == ("", "", "", "") and not Message.objects.filter(to=EMAIL).exists()


def test_an_employer_can_nominate_somebody_for_a_need_with_a_free_seat(need, employer):
    client = wearing(employer_actor(employer))
    page = client.get(f"{URL}profils-recherches/")
    assert [each.pk for each in page.context["needs"]] == [need.pk]
    posted = {**GIVEN, "agreed": "on"}
    answer = client.post(f"{URL}profils-recherches/{need.pk}/proposer/", posted)
    assert (answer.status_code, answer.url) == (302, f"{URL}profils-recherches/")
    made = Nomination.objects.get()
    assert (made.state, made.employer, made.need) == ("sent", employer, need)
    assert "Noor Exemple" in client.get(f"{URL}profils-recherches/").text


def test_a_person_who_has_not_agreed_cannot_be_nominated(need, employer):
    client = wearing(employer_actor(employer))
    posted = {**GIVEN, "agreed": ""}
    answer = client.post(f"{URL}profils-recherches/{need.pk}/proposer/", posted)
    assert (answer.status_code, Nomination.objects.count()) == (422, 0)
    with pytest.raises(ActionNotAllowed, match="Demandez d’abord à cette personne"):
        nominate(need, employer, agreed=False)


def test_the_email_to_a_nominated_person_names_the_employer_the_need_and_the_erasure_delay(
    need, employer
):
    made = nominate(need, employer)
    (message,) = Message.objects.filter(to=EMAIL)
    assert (message.secret, message.urgent) == (True, True)
    for words in (need.title, "Ateliers du Val", "Tu y serais bien.", "dans 60 jours"):
        assert words in message.body
    assert link_of(made).startswith("/personne-proposee/")


def test_the_network_is_notified_of_a_nomination_without_the_name_of_the_person(
    need, employer, network
):
    to = officer_actor(network).email
    nominate(need, employer)
    (message,) = Message.objects.filter(to=to)
    assert message.body == (
        "Ateliers du Val : une personne est proposée ; sa réponse est attendue."
    )
    page = wearing(officer_actor(network)).get(f"/reseau/alizes/recherches/{need.pk}/")
    assert "Proposées par des employeurs" in page.text
    for words in ("Noor", EMAIL, "Fontainière", "bien."):
        assert words not in page.text
    assert [each.name for each in Entry.objects.all() if "Noor" in each.name] == []


def test_a_person_who_accepts_a_nomination_is_invited_to_create_their_own_profile(
    need, employer, network
):
    made = nominate(need, employer)
    client = Client()
    page = client.get(link_of(made))
    assert (page.status_code, page.context["open"]) == (200, True)
    answer = client.post(link_of(made), {"said": "oui"})
    assert re.fullmatch(r"/compte/invitation/[\w-]+/", answer.url)
    assert Invitation.objects.get().email == EMAIL
    client.post(answer.url, {"name": "Noor Exemple"})
    expert = Expert.objects.get(person__email=EMAIL)
    made.refresh_from_db()
    assert (made.state, made.expert, expert.job, expert.state) == (
        "joined",
        expert,
        "Fontainière",
        "draft",
    )
    assert expert.consents.count() == 0  # hidden from networks until the person opens it
    url = f"/reseau/alizes/recherches/{need.pk}/"
    officer = wearing(officer_actor(network))
    assert "Noor" not in officer.get(url).text
    expert.consents.create(network=network)
    assert "Ateliers du Val : Noor Exemple" in " ".join(officer.get(url).text.split())


def test_a_person_who_accepted_a_nomination_can_use_the_same_link_again(need, employer):
    made = nominate(need, employer)
    first = Client().post(link_of(made), {"said": "oui"}).url
    second = Client().post(link_of(made), {"said": "oui"}).url
    assert first != second
    assert Client().get(second).status_code == 200
    assert Entry.objects.about(made).filter(verb="join").count() == 1


def test_a_nomination_for_a_withdrawn_need_can_be_declined_but_not_accepted(need, employer):
    made = nominate(need, employer)
    Need.objects.filter(pk=need.pk).update(state="withdrawn")
    client = Client()
    refused = client.post(link_of(made), {"said": "oui"})
    assert "Cette mission n’est plus proposée" in refused.content.decode()
    made.refresh_from_db()
    assert (made.state, Invitation.objects.count()) == ("sent", 0)
    client.post(link_of(made), {"said": "non"})
    assert erased(made)


def test_a_nominated_person_who_already_has_a_profile_is_redirected_to_that_profile(need, employer):
    expert = ExpertFactory(person=PersonFactory(email=EMAIL))
    made = nominate(need, employer)
    assert Client().post(link_of(made), {"said": "oui"}).url == "/expert/profil/"
    made.refresh_from_db()
    assert (made.expert, Invitation.objects.count()) == (expert, 0)


@pytest.mark.parametrize("state", ["resting", "draft", "available"])
def test_a_nominated_person_with_a_hidden_profile_is_emailed_how_to_share_it(need, employer, state):
    expert = ExpertFactory(person=PersonFactory(email=EMAIL), network=need.network, state=state)
    expert.consents.all().delete()
    if state == "available":
        give_consent(expert, network=need.network, by=expert_actor(expert))
    officer = officer_actor(need.network)
    made = nominate(need, employer)
    actions.join(made, secret=secret_of(made))
    told = Message.objects.filter(kind="nominations.join")
    own = told.filter(to=EMAIL)
    network = told.get(to=officer.email)
    if state == "available":
        assert (own.exists(), "encore" in network.body) == (False, False)
        return
    assert "proposez votre expertise" in own.get().body
    assert f"autorisez {need.network} à voir votre profil" in own.get().body
    assert "Son profil ne vous est pas ouvert encore" in network.body


def test_declining_a_nomination_erases_the_data_and_notifies_the_employer(need, employer):
    made = nominate(need, employer)
    url = link_of(made)
    answer = Client().post(url, {"said": "non"})
    assert (answer.status_code, answer.url) == (302, url)
    assert erased(made)
    assert made.state == "declined"
    assert "vos données sont effacées" in Client().get(url).text
    assert Person.objects.filter(email=EMAIL).count() == 0
    messages = Message.objects.filter(kind="nominations.decline_nomination")
    assert messages.filter(to=employer_actor(employer).email).count() == 1
    assert not [each for each in messages if "Noor" in each.subject + each.body]
    page = wearing(employer_actor(employer)).get(f"{URL}profils-recherches/").text
    assert "une personne dont les données sont effacées" in page


def test_the_network_is_emailed_when_a_nomination_is_declined_withdrawn_or_lapses(
    need, employer, network
):
    officer = officer_actor(network)
    no, silent, withdrawn = (
        nominate(need, employer, email=f"{name}@exemple.test") for name in ("a", "b", "c")
    )
    link = Message.objects.get(to=no.email).url
    actions.decline_nomination(no, secret=link.rstrip("/").rpartition("/")[2])
    actions.withdraw_nomination(withdrawn, by=employer_actor(employer))
    actions.erase_nomination(silent, timezone.now())
    sent = Message.objects.exclude(kind="nominations.nominate").order_by("pk")
    assert [each.body for each in sent.filter(to=officer.email)] == [
        f"{employer.name} : la personne proposée a dit non.",
        f"{employer.name} : la personne n’est plus proposée.",
        f"{employer.name} : la personne proposée n’a pas répondu.",
    ]
    own = sent.filter(kind="nominations.lapse_nomination").exclude(to=officer.email)
    assert [each.body for each in own] == [
        "La personne que vous avez proposée n’a pas répondu. Ses données sont effacées."
    ]


def test_declining_a_nomination_after_accepting_it_deletes_the_invitation_to_make_a_profile(
    need, employer
):
    made = nominate(need, employer)
    invitation = Client().post(link_of(made), {"said": "oui"}).url
    Client().post(link_of(made), {"said": "non"})
    assert erased(made)
    assert Invitation.objects.count() == 0
    assert Client().get(invitation).status_code == 404


def test_declining_a_nomination_keeps_an_invitation_sent_by_an_officer(need, employer, network):
    made = nominate(need, employer)
    secret = secret_of(made)
    actions.join(made, secret=secret)
    invite(email=EMAIL, role_type="expert", role_key=network.slug, by=officer_actor(network))
    actions.decline_nomination(made, secret=secret)
    assert Invitation.objects.get().invited_by is not None


def test_no_idempotency_key_stores_the_secret_url_of_a_nomination_or_its_invitation(need, employer):
    made = nominate(need, employer)
    client, key = Client(), str(uuid4())
    posted = {"said": "oui", "idempotency_key": key}
    first, second = (client.post(link_of(made), posted).url for _ in range(2))
    assert first.startswith("/compte/invitation/")
    assert Client().get(second).status_code == 200
    client.post(link_of(made), {"said": "non", "idempotency_key": key})
    assert list(IdempotencyKey.objects.exclude(url="")) == []


def test_a_person_who_declined_a_nomination_cannot_be_nominated_again_for_the_need(
    need, employer, network
):
    made = nominate(need, employer)
    page = Client().get(link_of(made)).text
    assert "plus personne ne vous propose pour cette mission" in " ".join(page.split())
    actions.decline_nomination(made, secret=secret_of(made))
    other = EmployerFactory(slug="autre", network=network)
    for each in (employer, other):
        with pytest.raises(ActionNotAllowed, match="ne peut plus être proposée"):
            nominate(need, each, email="Noor@Exemple.test")
    elsewhere = DecisionFactory(need__state="admissible", need__network=network).need
    assert nominate(elsewhere, employer).state == "sent"


def test_a_person_whose_nomination_was_withdrawn_can_be_nominated_once_more_for_the_need(
    need, employer
):
    by = employer_actor(employer)
    for _ in range(rules.TIMES):
        actions.withdraw_nomination(nominate(need, employer), by=by)
    with pytest.raises(ActionNotAllowed, match="ne peut plus être proposée"):
        nominate(need, employer)


def test_the_nominations_of_an_erased_person_lapse_and_name_nobody(need, employer):
    person, made = PersonFactory(email=EMAIL), nominate(need, employer)
    actions.erase_nominations(person, by=employer_actor(employer))
    assert erased(made)
    assert made.state == "lapsed"


def test_the_digest_of_the_address_of_a_nominated_person_is_erased_after_a_year(need, employer):
    made = nominate(need, employer)
    actions.decline_nomination(made, secret=secret_of(made))
    for days, kept in ((364, 1), (366, 0)):
        purge(now=timezone.now() + timedelta(days=days))
        assert Nomination.objects.exclude(address_digest="").count() == kept
    assert EMAIL not in made.address_digest


def test_a_nomination_can_be_answered_only_with_its_open_personal_link(need, employer):
    made = nominate(need, employer)
    with pytest.raises(ActionNotAllowed, match="Ce lien ne sert plus"):
        actions.join(made, secret="faux")
    assert Client().get("/personne-proposee/faux/").status_code == 404
    secret = secret_of(made)
    actions.decline_nomination(made, secret=secret)
    with pytest.raises(ActionNotAllowed, match="Ce lien ne sert plus"):
        actions.join(made, secret=secret)


def test_an_employer_can_withdraw_a_nomination_that_has_no_answer(need, employer):
    made = nominate(need, employer)
    client = wearing(employer_actor(employer))
    url = f"{URL}personnes-proposees/{made.pk}/retirer/"
    assert client.post(url, {"version": made.version}).status_code == 302
    assert erased(made)
    assert (made.state, client.get(url).status_code) == ("withdrawn", 409)


def test_the_same_person_cannot_be_nominated_twice_for_one_need(need, employer):
    nominate(need, employer)
    with pytest.raises(ActionNotAllowed, match="déjà proposée pour cette mission"):
        nominate(need, employer, email="Noor@Exemple.test")


def test_an_employer_with_twenty_unanswered_nominations_cannot_add_another(need, employer):
    for number in range(rules.PENDING):
        nominate(need, employer, email=f"personne{number}@exemple.test")
    with pytest.raises(ActionNotAllowed, match="20 personnes n’ont pas encore répondu"):
        nominate(need, employer)


@pytest.mark.parametrize("state", ["registered", "refused", "suspended"])
def test_an_employer_that_is_not_verified_cannot_nominate_anybody(need, employer, state):
    employer.state = state
    employer.save()
    client = wearing(employer_actor(employer))
    assert client.get(f"{URL}profils-recherches/{need.pk}/proposer/").status_code == 403


def test_the_wanted_profiles_of_an_employer_are_needs_of_its_network_with_a_free_seat(
    employer, network
):
    elsewhere = DecisionFactory(need__state="admissible").need
    taken = ProposalFactory(decision__need__network=network).need
    client = wearing(employer_actor(employer))
    assert list(client.get(f"{URL}profils-recherches/").context["needs"]) == []
    for each in (elsewhere, taken):
        url = f"{URL}profils-recherches/{each.pk}/proposer/"
        assert client.get(url).status_code == 404


def test_another_employer_or_an_association_cannot_read_or_withdraw_a_nomination(need, employer):
    made = nominate(need, employer)
    other = EmployerFactory(slug="autre", network=employer.network)
    url = f"personnes-proposees/{made.pk}/retirer/"
    assert wearing(employer_actor(other)).get(f"/employeur/autre/{url}").status_code == 404
    assert (
        "Noor"
        not in wearing(employer_actor(other)).get("/employeur/autre/profils-recherches/").text
    )
    association = association_actor(need.association)
    assert wearing(association).get(f"/employeur/ateliers/{url}").status_code == 404
    assert selectors.own_nominations(association).count() == 0


@pytest.mark.parametrize(("days", "state"), [(59, "sent"), (61, "lapsed")])
def test_the_data_of_a_nominated_person_who_does_not_answer_are_erased_after_60_days(
    need, employer, days, state
):
    made = nominate(need, employer)
    purge(now=timezone.now() + timedelta(days=days))
    assert erased(made) is (days > 60)
    assert made.state == state
    before = Entry.objects.about(made).count()
    purge(now=timezone.now() + timedelta(days=days))
    assert Entry.objects.about(made).count() == before


def test_the_data_in_an_accepted_nomination_are_erased_after_60_days(need, employer):
    made = nominate(need, employer)
    actions.join(made, secret=secret_of(made))
    purge(now=timezone.now() + timedelta(days=61))
    assert erased(made)
    assert made.state == "joined"
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_wanted_profiles_runs_a_constant_number_of_queries(
    need, employer, count, django_assert_max_num_queries
):
    for number in range(count):
        Nomination.objects.create(
            need=need, employer=employer, name="N" * 200, email=f"{number}@exemple.test", by="R"
        )
    client = wearing(employer_actor(employer))
    with django_assert_max_num_queries(10):
        assert len(client.get(f"{URL}profils-recherches/").context["rows"]) == count
    officer = wearing(officer_actor(employer.network))
    with django_assert_max_num_queries(25):
        officer.get(f"/reseau/alizes/recherches/{need.pk}/")
