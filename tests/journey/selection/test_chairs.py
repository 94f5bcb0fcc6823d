"""Who leads: the chair and the network; never a member, nor a chair who stands aside."""

from typing import Any

import pytest
from django.test import Client

from explor.ground.common.actor import Actor
from explor.ground.common.conflict import Refused
from explor.journey.calls.models import Call
from explor.journey.selection import actions, rules
from explor.journey.selection.models import CommitteeMember, Decision, Session
from explor.journey.selection.rules.voting import Ballot
from factories import CommitteeMemberFactory, DecisionFactory, NeedFactory, SessionFactory, wearing

YES = Ballot(votes_for=2, votes_against=0, abstentions=0)


def seat_actor(seat: CommitteeMember) -> Actor:
    return Actor(
        person=seat.person_id, name=seat.person.name, hat="comite", scope=seat.call_id,
        key=seat.call.slug,
    )  # fmt: skip


@pytest.fixture
def room(db: None, settings: Any) -> dict[str, Any]:
    """A chair and a member in an open session on three files; the chair is aside from the first."""
    settings.EXPLOR_DEMO = True
    need = NeedFactory(state="admissible")
    call = Call.objects.get(pk=need.call_id)
    needs = [
        need,
        *NeedFactory.create_batch(2, call=call, network=call.network, state="admissible"),
    ]
    for each in needs:
        DecisionFactory(need=each, state="to_decide", verdict="", announced_at=None)
    chair = CommitteeMemberFactory(call=call, chair=True)
    member = CommitteeMemberFactory(call=call)
    session = SessionFactory(call=call, state="open")
    session.present.set([chair, member])
    actions.recuse(chair, need, by=seat_actor(chair), reason="Un ami y travaille")
    return {"needs": needs, "chair": chair, "member": member, "session": session, "call": call}


def test_a_chair_who_stands_aside_does_not_decide(room: dict[str, Any]) -> None:
    aside, other, _ = [Decision.objects.get(need=each) for each in room["needs"]]
    by = seat_actor(room["chair"])
    with pytest.raises(Refused, match="en retrait"):
        actions.decide(aside, by=by, verdict="favourable", ballot=YES)
    actions.decide(other, by=by, verdict="favourable", ballot=YES)
    assert list(Decision.objects.exclude(verdict="").values_list("need", flat=True)) == [
        other.need_id
    ]


def test_the_files_one_stands_aside_from_are_not_on_the_way(room: dict[str, Any]) -> None:
    browser = wearing(seat_actor(room["chair"]))
    base = f"/comite/{room['call'].slug}/seances/{room['session'].pk}/dossiers/"
    aside, one, two = [each.pk for each in room["needs"]]
    assert browser.get(f"{base}{aside}/").status_code == 403
    for here in (one, two):
        page = browser.get(f"{base}{here}/")
        assert (page.status_code, f"../{aside}/" in page.content.decode()) == (200, False)


def test_a_member_whose_call_has_the_number_of_a_network_leads_nothing(
    room: dict[str, Any],
) -> None:
    session = Session.objects.get()
    by = Actor(person=room["member"].person_id, hat="comite", scope=session.call.network_id)
    assert [rules.can_lead(by, verb, session) for verb in ("close", "sign")] == [False, False]


def test_a_member_is_shown_nothing_of_the_chair(room: dict[str, Any]) -> None:
    browser: Client = wearing(seat_actor(room["member"]))
    home = f"/comite/{room['call'].slug}/"
    told = {
        url: browser.get(home + url).status_code
        for url in (
            f"appels/{room['call'].pk}/classement/",
            f"seances/{room['session'].pk}/",
            f"seances/{room['session'].pk}/dossiers/{room['needs'][1].pk}/",
            f"seances/{room['session'].pk}/clore/",
            f"seances/{room['session'].pk}/proces-verbal/",
        )
    }
    assert set(told.values()) == {403, 404}
