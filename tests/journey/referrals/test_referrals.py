"""Referrals: sent, accepted, declined or expired; the profile stays hidden until acceptance."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from explor.actors.experts.models import Expert
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from explor.journey.needs.models import Need
from explor.journey.proposals.models import ReserveEntry
from explor.journey.referrals import actions, engine, pages, selectors
from explor.journey.referrals.models import Referral
from explor.journey.referrals.tasks import expire_late
from factories import (
    DecisionFactory,
    EmployerFactory,
    ExpertFactory,
    NeedFactory,
    NetworkFactory,
    OfficerFactory,
    ProposalFactory,
    expert_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db
Sessions = Callable[[Actor], Client]


@pytest.fixture
def expert() -> Expert:
    """Return an expert in reserve for a need of their network whose seat is taken."""
    network = NetworkFactory(name="Amont")
    made = ExpertFactory(network=network, employer=EmployerFactory(network=network))
    need = NeedFactory(network=network, state="admissible")
    taken = ProposalFactory(decision=DecisionFactory(need=need), agreed=True)
    today = timezone.localdate()
    ReserveEntry.objects.create(need=taken.need, expert=made, rank=1, until=today)
    return made


@pytest.fixture
def need() -> Need:
    network = NetworkFactory(name="Aval")
    OfficerFactory(network=network)
    return DecisionFactory(need=NeedFactory(network=network, state="admissible")).need


@pytest.fixture
def by(expert: Expert) -> Actor:
    return officer_actor(expert.network)


def refer(expert: Expert, need: Need, by: Actor) -> Referral:
    return actions.refer(expert=expert, need=need, sender=expert.network, by=by)


def test_experts_in_reserve_are_matched_with_needs_of_other_networks(
    expert: Expert, need: Need
) -> None:
    free = selectors.free_in_reserve(expert.network_id)
    needs = selectors.needs_elsewhere(expert.network_id)
    matches = engine.matches(expert.network_id, needs, free, 20)
    assert [(each.expert, each.need.pk) for each in matches] == [(expert.pk, need.pk)]
    assert matches[0].points >= 40 and matches[0].reasons


def test_accepting_a_referral_shares_the_profile_with_the_network_of_the_need(
    expert: Expert, need: Need, by: Actor
) -> None:
    referral = refer(expert, need, by)
    assert not Expert.objects.shared_with(need.network_id).exists()
    letters = Message.objects.filter(kind="referrals.refer")
    assert [letter.to for letter in letters] == [expert.person.email]
    actions.accept(referral, by=expert_actor(expert))
    assert list(Expert.objects.shared_with(need.network_id)) == [expert]
    waiting = pages.waiting_for_network(officer_actor(need.network))
    assert [line.title for line in waiting] == [
        f"{expert.person.name} vous ouvre son profil : {need.title} ({need.file_number})"
    ]


def test_declining_a_referral_notifies_only_the_sending_network(
    expert: Expert, need: Need, by: Actor
) -> None:
    actions.decline(refer(expert, need, by), by=expert_actor(expert))
    assert not Expert.objects.shared_with(need.network_id).exists()
    recipients = {letter.to for letter in Message.objects.filter(kind="referrals.decline")}
    assert recipients == {by.email}


def test_an_unanswered_referral_expires_after_its_deadline_and_cannot_be_accepted(
    expert: Expert, need: Need, by: Actor
) -> None:
    referral = refer(expert, need, by)
    expire_late(0)
    assert Referral.objects.get().state == "asked"
    Referral.objects.update(until=timezone.localdate() - timedelta(days=1))
    expire_late(0)
    assert Referral.objects.get().state == "expired"
    with pytest.raises(ActionNotAllowed):
        actions.accept(referral, by=expert_actor(expert))


def test_the_network_that_sent_a_referral_is_emailed_when_it_expires_unanswered(
    expert: Expert, need: Need, by: Actor
) -> None:
    refer(expert, need, by)
    Referral.objects.update(until=timezone.localdate() - timedelta(days=1))
    expire_late(0)
    message = Message.objects.get(kind="referrals.expire")
    assert message.to == by.email
    assert message.body == f"{expert} n’a pas répondu : son profil reste fermé à {need.network}."


@pytest.mark.parametrize("gone", ["withdrawn", "taken", "past"])
def test_a_referral_for_a_need_that_no_longer_seeks_anybody_can_only_be_declined(
    expert: Expert, need: Need, by: Actor, session_of: Sessions, gone: str
) -> None:
    referral, actor = refer(expert, need, by), expert_actor(expert)
    changes = {
        "withdrawn": {"state": "withdrawn"},
        "taken": {"taken_seats": need.seats},
        "past": {"window_start": date(2026, 1, 1), "window_end": timezone.localdate()},
    }
    Need.objects.filter(pk=need.pk).update(**changes[gone])
    referral = Referral.objects.get(pk=referral.pk)
    with pytest.raises(ActionNotAllowed, match="ne cherche plus personne"):
        actions.accept(referral, by=actor)
    assert not Expert.objects.shared_with(need.network_id).exists()
    page = session_of(actor).get(reverse("referrals:expert_referral", args=[referral.pk]))
    assert "ne cherche plus personne" in page.content.decode()
    assert actions.decline(referral, by=actor).state == "declined"


def test_referring_an_expert_twice_or_one_not_in_reserve_is_refused(
    expert: Expert, need: Need, by: Actor
) -> None:
    refer(expert, need, by)
    with pytest.raises(ActionNotAllowed):
        refer(expert, need, by)
    other = ExpertFactory(network=expert.network)
    with pytest.raises(ActionNotAllowed):
        refer(other, need, by)


def test_referring_an_expert_to_a_network_that_already_sees_the_profile_is_refused(
    expert: Expert, need: Need, by: Actor
) -> None:
    expert.consents.create(network=need.network)
    with pytest.raises(ActionNotAllowed):
        refer(expert, need, by)


@pytest.mark.parametrize("verb", ["accept", "decline", "expire"])
def test_answering_a_referral_for_the_expert_is_forbidden(
    expert: Expert, need: Need, by: Actor, verb: str
) -> None:
    referral = refer(expert, need, by)
    with pytest.raises(PermissionDenied):
        getattr(actions, verb)(referral, by=by)
    if verb != "expire":
        with pytest.raises(PermissionDenied):
            getattr(actions, verb)(referral, by=SYSTEM)


def test_an_officer_refers_an_expert_who_accepts_the_referral_on_their_page(
    expert: Expert,
    need: Need,
    by: Actor,
    session_of: Sessions,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    officer = session_of(by)
    with django_assert_max_num_queries(25):
        page = officer.get(reverse("referrals:reseau_warm", args=[by.key])).content.decode()
    assert expert.person.name in page and need.title in page
    refer = reverse("referrals:reseau_refer", args=[by.key, expert.pk, need.pk])
    assert officer.post(refer, {"message": "Bonjour"}).status_code == 302
    own = session_of(expert_actor(expert))
    assert "Ouvrir votre profil à Aval" in own.get("/expert/").content.decode()
    referral = Referral.objects.get()
    url = reverse("referrals:expert_accept", args=[referral.pk])
    own.post(url, {"version": referral.version})
    assert Referral.objects.get().state == "accepted"
    other = session_of(officer_actor(need.network))
    assert expert.person.name in other.get(f"/reseau/{need.network.slug}/").content.decode()
