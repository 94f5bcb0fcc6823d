"""Blind reading: names of the association and of the judges are hidden until the decision."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from explor.journey.committees import actions as committees
from explor.journey.committees.models import Bylaws
from explor.journey.decisions.models import Decision
from factories import MeetingFactory, committee_actor, officer_actor, wearing

ASSOCIATION = "Les Amis de Tsévié"


@pytest.fixture
def blind(committee: Any) -> Any:
    Bylaws.objects.create(call=committee.call, blind=True)
    need = committee.needs[0]
    need.context = f"Depuis dix ans, {ASSOCIATION.upper()} agit sur place."
    need.save()
    for seat in (committee.members[0], committee.chair):
        committees.give_opinion(
            committee.decision().need, member=seat, by=committee_actor(seat), verdict="favourable",
            score=Decimal(15), comment="Avis rendu.",
        )  # fmt: skip
    MeetingFactory(call=committee.call, state="open").present.set([committee.chair])
    return committee


def pages_of(committee: Any, seat: Any) -> list[str]:
    """Return the URLs of the committee's pages that show the first need to a member."""
    need, call = committee.needs[0], committee.call
    routes = ["", "dossiers/", "lecture/", f"dossiers/{need.pk}/", f"dossiers/{need.pk}/retrait/"]
    if seat.chair:
        meeting = call.meetings.get()
        routes += [
            f"appels/{call.pk}/classement/",
            f"seances/{meeting.pk}/",
            f"seances/{meeting.pk}/dossiers/{need.pk}/",
        ]
    return [f"/comite/{call.slug}/{rest}" for rest in routes]


def shown(browser: Client, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode().replace("&#x27;", "'")


@pytest.mark.parametrize("chairs", [False, True])
def test_the_pages_of_a_blind_committee_hide_the_association(chairs: bool, blind: Any) -> None:
    seat = blind.chair if chairs else blind.members[0]
    browser = wearing(committee_actor(seat))
    for url in pages_of(blind, seat):
        page = shown(browser, url)
        assert ASSOCIATION.lower() not in page.lower(), url
        assert blind.needs[0].title in page or url.endswith(f"{blind.call.slug}/"), url


def test_opinions_of_a_blind_committee_are_anonymous_until_the_decision(blind: Any) -> None:
    need, call = blind.needs[0], blind.call
    readers = {
        f"/comite/{call.slug}/seances/{call.meetings.get().pk}/dossiers/{need.pk}/": wearing(
            committee_actor(blind.chair)
        ),
        f"/reseau/{call.network.slug}/decisions/{need.pk}/": wearing(officer_actor(call.network)),
    }
    for url, browser in readers.items():
        page = shown(browser, url)
        assert "Avis rendu." in page
        assert blind.members[0].person.name not in page, url
    Decision.objects.filter(need=need).update(state="decided", verdict="favourable")
    for url, browser in readers.items():
        page = shown(browser, url)
        assert blind.members[0].person.name in page, url
        assert ASSOCIATION in page, url


def test_the_pages_of_a_committee_that_is_not_blind_show_the_association(blind: Any) -> None:
    """Check, as a control, that the same pages show the name when the rule is off."""
    Bylaws.objects.filter(call=blind.call).update(blind=False)
    browser = wearing(committee_actor(blind.members[0]))
    named = [url for url in pages_of(blind, blind.members[0]) if ASSOCIATION in shown(browser, url)]
    assert len(named) >= 3


def test_the_page_to_declare_interests_names_associations_even_in_a_blind_committee(
    blind: Any,
) -> None:
    browser = wearing(committee_actor(blind.members[0]))
    assert ASSOCIATION in shown(browser, f"/comite/{blind.call.slug}/liens/")
