"""An officer who acts or works for an association does not examine its needs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from explor.actors.organisations.models import Organisation
from explor.ground.accounts.models import Person
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.admissibility import actions
from explor.journey.admissibility.models import Ground, Review
from explor.journey.admissibility.rules import INTEREST
from explor.journey.calls.models import Call
from explor.journey.needs.models import Need
from explor.journey.needs.states import State
from factories import ExpertFactory, MemberFactory, wearing

pytestmark = pytest.mark.django_db


def member(need: Need, person: Person) -> None:
    MemberFactory(organisation=need.association, person=person)


def employee(need: Need, person: Person) -> None:
    ExpertFactory(person=person, employer=need.association, network=need.network)


def member_of_its_unit(need: Need, person: Person) -> None:
    """Make the person a member of another establishment of the same legal unit."""
    Organisation.objects.filter(pk=need.association_id).update(siren="", siret="12345678200010")
    other = MemberFactory(person=person).organisation
    Organisation.objects.filter(pk=other.pk).update(siren="123456782")


LINKS = [member, employee, member_of_its_unit]


@pytest.fixture(params=LINKS, ids=lambda link: str(link.__name__))
def linked(request: pytest.FixtureRequest, need: Need, by: Actor) -> None:
    request.param(need, Person.objects.get(pk=by.person))


@pytest.mark.usefixtures("linked")
def test_each_admissibility_verdict_of_an_officer_linked_to_the_association_is_refused(
    need: Need, by: Actor, ask: Callable[..., Any], answered: Callable[..., Any]
) -> None:
    for act in (
        lambda: actions.judge(need, by=by, answers=answered()),
        lambda: actions.accept(need, by=by),
        lambda: actions.reject(need, by=by, ground=Ground.values[0], words="Non."),
        lambda: ask(fields={"title": "Précisez."}),
    ):
        with pytest.raises(ActionNotAllowed, match="un autre membre du réseau"):
            act()
    need.refresh_from_db()
    assert (need.state, Review.objects.count()) == (State.FILED, 0)
    [outcome] = actions.accept_all([(need, need.version)], by=by)
    assert outcome.reasons == (INTEREST,)


@pytest.mark.usefixtures("linked")
def test_the_page_for_an_officer_linked_to_an_association_offers_no_verdict_on_its_needs(
    need: Need, by: Actor
) -> None:
    url = reverse("admissibility:reseau_need", args=[by.key, need.pk])
    page = wearing(by).get(url).content.decode()
    assert page.count(INTEREST) == 3  # in place of the form, and beside the two other verdicts
    assert "Valider ma lecture" not in page


def test_an_officer_without_link_to_the_association_examines_its_needs(
    need: Need, by: Actor, answered: Callable[..., Any]
) -> None:
    actions.judge(need, by=by, answers=answered())
    assert Review.objects.get().answers == answered()


@pytest.mark.parametrize("link", LINKS)
def test_an_officer_linked_to_the_association_cannot_extend_a_deadline_or_submit_late(
    link: Callable[..., None], need: Need, by: Actor, ask: Callable[..., Any]
) -> None:
    supplement = ask(fields={"title": "Précisez."})
    link(need, Person.objects.get(pk=by.person))
    later = timezone.now() + timedelta(days=30)
    for act in (
        lambda: actions.extend(supplement, by=by, answer_by=later),
        lambda: actions.submit_late(supplement.need, by=by, reason="Une panne."),
    ):
        with pytest.raises(ActionNotAllowed, match="un autre membre du réseau"):
            act()
    Call.objects.update(state="closed")
    for page in ("extend", "submit_late"):
        url = reverse(f"admissibility:reseau_{page}", args=[by.key, need.pk])
        assert INTEREST in wearing(by).get(url).content.decode()
