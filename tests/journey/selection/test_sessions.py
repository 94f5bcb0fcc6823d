"""A session through its pages: each state, verb and hat; attendance, minutes, signature."""

import json
from typing import Any

import pytest
from django.test import Client

from explor.ground.documents.models import Seal
from explor.ground.journal.models import Entry
from explor.journey.selection import actions
from explor.journey.selection.models import Session
from explor.journey.selection.rules.voting import Ballot
from explor.journey.selection.states import SESSION, SessionState
from explor.journey.selection.views.sessions import VERBS
from factories import (
    CommitteeMemberFactory,
    NetworkFactory,
    SessionFactory,
    committee_actor,
    officer_actor,
    wearing,
)

YES = Ballot(votes_for=2, votes_against=0, abstentions=0)
HATS = ("own network", "other network", "chair", "member", "other chair")


@pytest.fixture
def session_in(committee: Any, drawn_as_data: None) -> Any:
    """A function that brings a session of the committee to a state."""

    def brought(state: str) -> Session:
        session = SessionFactory(call=committee.call)
        by = officer_actor(committee.call.network)
        if state == SessionState.CANCELLED:
            actions.cancel(session, by=by)
        elif state != SessionState.PLANNED:
            actions.open(session, by=by)
            actions.attend(session, by=by, members=[committee.chair, committee.members[0]])
            if state != SessionState.OPEN:
                actions.close(session, by=by)
            if state == SessionState.SIGNED:
                actions.sign(session, by=committee_actor(committee.chair))
        return Session.objects.get(pk=session.pk)

    return brought


def browser_of(hat: str, committee: Any) -> tuple[Client, str]:
    """A signed-in browser, and where the hat's pages begin."""
    if "network" in hat:
        network = committee.call.network if hat.startswith("own") else NetworkFactory()
        return wearing(officer_actor(network)), f"/reseau/{network.slug}/"
    seats = {"chair": committee.chair, "member": committee.members[0]}
    seat = seats.get(hat) or CommitteeMemberFactory(chair=True)
    return wearing(committee_actor(seat)), f"/comite/{seat.call.slug}/"


def asked(session: Session, verb: str) -> dict[str, Any]:
    why = {"reason": "Une voix est mal notée."} if verb == "reopen" else {}
    return {"version": session.version, **why}


@pytest.mark.parametrize("hat", HATS)
@pytest.mark.parametrize("slug", VERBS)
@pytest.mark.parametrize("state", SessionState.values)
def test_each_verb_is_done_from_its_states_by_its_hats_alone(
    state: str, slug: str, hat: str, committee: Any, session_in: Any
) -> None:
    session, (verb, _, _) = session_in(state), VERBS[slug]
    browser, home = browser_of(hat, committee)
    worn = {"own network": "reseau", "chair": "comite"}.get(hat, "")
    allowed = SESSION.allows(state, verb, worn)
    answer = browser.post(f"{home}seances/{session.pk}/{slug}/", asked(session, verb))
    now = Session.objects.get(pk=session.pk)
    if allowed:
        assert (answer.status_code, now.state) == (302, SESSION.transition(state, verb).target)
        assert Entry.objects.about(now).filter(verb=verb).exists()
    else:
        assert answer.status_code == (403 if worn else 404)
        assert (now.state, now.version) == (session.state, session.version)


def test_a_session_that_moved_in_another_tab_is_told_and_nothing_is_done(
    committee: Any, session_in: Any
) -> None:
    session = session_in(SessionState.OPEN)
    browser, home = browser_of("chair", committee)
    stale = {"version": session.version}
    actions.attend(session, by=committee_actor(committee.chair), members=[committee.chair])
    answer = browser.post(f"{home}seances/{session.pk}/clore/", stale)
    assert answer.status_code == 409
    assert Session.objects.get(pk=session.pk).state == SessionState.OPEN


def test_nobody_there_no_closing(committee: Any) -> None:
    session = SessionFactory(call=committee.call, state="open")
    browser, home = browser_of("chair", committee)
    answer = browser.post(f"{home}seances/{session.pk}/clore/", asked(session, "close"))
    assert answer.status_code == 409
    assert "Notez d’abord qui est là" in answer.content.decode()


@pytest.mark.parametrize("state", SessionState.values)
def test_who_is_there_is_noted_until_the_session_ends(
    state: str, committee: Any, session_in: Any
) -> None:
    session = session_in(state)
    browser, home = browser_of("own network", committee)
    told = {"version": session.version, "members": [committee.members[1].pk]}
    answer = browser.post(f"{home}seances/{session.pk}/presences/", told)
    open_still = state in (SessionState.PLANNED, SessionState.OPEN)
    assert answer.status_code == (302 if open_still else 403)
    assert (committee.members[1] in session.present.all()) == open_still


def test_a_member_of_another_committee_is_not_noted(committee: Any, session_in: Any) -> None:
    session, stranger = session_in(SessionState.OPEN), CommitteeMemberFactory()
    browser, home = browser_of("own network", committee)
    told = {"version": session.version, "members": [stranger.pk]}
    assert browser.post(f"{home}seances/{session.pk}/presences/", told).status_code == 422
    assert stranger not in session.present.all()


def test_one_session_at_a_time(committee: Any, session_in: Any) -> None:
    session_in(SessionState.PLANNED)
    browser, home = browser_of("own network", committee)
    answer = browser.post(
        f"{home}appels/{committee.call.pk}/seances/", {"on": "2027-01-12T10:00", "place": ""}
    )
    assert answer.status_code == 409
    assert "déjà prévue ou ouverte" in answer.content.decode()


def test_what_was_read_is_signed_whatever_changed_since(committee: Any, session_in: Any) -> None:
    session = session_in(SessionState.OPEN)
    decision, by = committee.decision(), committee_actor(committee.chair)
    actions.decide(decision, by=by, verdict="favourable", letter="Un beau projet.", ballot=YES)
    actions.close(session, by=by)
    read = session.minutes
    committee.needs[0].association.name = "Autre nom"
    committee.needs[0].association.save()
    committee.members[0].person.name = "Autre personne"
    committee.members[0].person.save()
    actions.sign(session, by=by)
    assert session.digest == read.sha256
    before, after = (text_of(each) for each in (read, session.minutes))
    assert before["sections"] == after["sections"]
    assert "Les Amis de Tsévié" in str(after) and "Autre nom" not in str(after)
    assert session.digest in str(after["signatures"])
    assert Seal.objects.get(document=read).revoked_for == "Remplacé par la version signée."


def text_of(document: Any) -> Any:
    return json.loads(document.file.read())


def test_a_session_closed_before_its_text_was_kept_is_signed_too(
    committee: Any, session_in: Any
) -> None:
    session = session_in(SessionState.CLOSED)
    Session.objects.filter(pk=session.pk).update(told={})
    session.refresh_from_db()
    actions.sign(session, by=committee_actor(committee.chair))
    assert "Présences" in str(text_of(session.minutes)["sections"])


def test_a_reopened_session_voids_its_minutes(committee: Any, session_in: Any) -> None:
    session = session_in(SessionState.CLOSED)
    drawn = session.minutes
    by = committee_actor(committee.chair)
    actions.reopen(session, by=by, reason="Une voix manque.")
    assert (session.minutes, session.told) == (None, {})
    assert Seal.objects.get(document=drawn).revoked_at


@pytest.mark.parametrize(
    ("hat", "closed", "signed"),
    [
        ("own network", 200, 200),
        ("chair", 200, 200),
        ("member", 404, 200),
        ("other network", 404, 404),
        ("other chair", 404, 404),
    ],
)
def test_the_minutes_are_read_by_those_who_may(
    hat: str, closed: int, signed: int, committee: Any, session_in: Any
) -> None:
    session = session_in(SessionState.CLOSED)
    browser, home = browser_of(hat, committee)
    url = f"{home}seances/{session.pk}/proces-verbal/"
    assert browser.get(url).status_code == closed
    actions.sign(session, by=committee_actor(committee.chair))
    assert browser.get(url).status_code == signed
