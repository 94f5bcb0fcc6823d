"""Confirmation pages of the acts of a committee: effects, messages sent, ways to undo."""

from typing import Any

import pytest

from explor.journey.committees import actions as committees
from explor.journey.decisions.models import Decision
from explor.journey.meetings import actions as meetings
from explor.journey.meetings.models import Meeting
from factories import (
    AppealFactory,
    MeetingFactory,
    association_actor,
    committee_actor,
    officer_actor,
    wearing,
)

HAPPENS = "Ce qui va se passer"


def page_of(actor: Any, url: str) -> str:
    answer = wearing(actor).get(f"/{actor.role}/{actor.key}/{url}")
    assert answer.status_code == 200, url
    return answer.content.decode()


def set_state(committee: Any, state: str, **changes: Any) -> Decision:
    values = {"verdict": "unfavourable", "letter": "Trop tôt.", **changes}
    Decision.objects.filter(need=committee.needs[0]).update(state=state, **values)
    return committee.decision()


@pytest.mark.parametrize(
    ("rest", "reads"),
    [
        ("appels/{call}/comite/inviter/", "l’invitation au comité"),
        ("appels/{call}/comite/reglement/", "Aucun message ne part"),
        ("sieges/{member}/presider/", "Aucun message ne part"),
        ("sieges/{member}/retirer/", "Aucun message ne part"),
        ("appels/{call}/seances/", "la date, l’heure et le lieu"),
        ("appels/{call}/annonces/retenir/", "ne partiront pas"),
    ],
)
def test_the_confirmation_page_of_a_verb_on_a_committee_shows_its_effects(
    rest: str, reads: str, committee: Any
) -> None:
    url = rest.format(call=committee.call.pk, member=committee.members[0].pk)
    page = page_of(officer_actor(committee.call.network), url)
    assert HAPPENS in page and reads in page


@pytest.mark.parametrize(
    "rest", ["liens/", "dossiers/{need}/retrait/", "dossiers/{need}/reprendre/"]
)
def test_the_confirmation_page_of_a_verb_of_a_committee_member_shows_its_effects(
    rest: str, committee: Any
) -> None:
    seat, need = committee.members[0], committee.needs[0]
    actor = committee_actor(seat)
    committees.give_opinion(need, member=seat, by=actor, verdict="favourable", score=12)
    assert HAPPENS in page_of(actor, rest.format(need=need.pk))


@pytest.mark.parametrize(
    ("state", "slug", "reads"),
    [
        ("decided", "decider", "Il manque des avis"),
        ("decided", "annoncer", "Trop tôt."),
        ("announced", "reprendre", "« De nouveau au comité »"),
        ("decided", "motifs", "avant l’annonce"),
    ],
)
def test_the_confirmation_page_of_a_verb_on_a_decision_shows_its_effects(
    state: str, slug: str, reads: str, committee: Any
) -> None:
    decision = set_state(committee, state)
    url = f"decisions/{decision.need_id}/{slug}/"
    page = page_of(officer_actor(committee.call.network), url)
    assert HAPPENS in page and reads in page and decision.need.file_number in page


@pytest.mark.parametrize("slug", ["accepter", "maintenir"])
def test_the_confirmation_page_of_an_answer_to_an_appeal_shows_its_effects(
    slug: str, committee: Any
) -> None:
    decision = set_state(committee, "announced")
    AppealFactory(need=decision.need)
    url = f"reexamens/{decision.need_id}/{slug}/"
    page = page_of(officer_actor(committee.call.network), url)
    assert HAPPENS in page and "Votre réponse, que l’association lira" in page


def test_the_page_to_appeal_states_when_an_appeal_was_already_made(committee: Any) -> None:
    decision = set_state(committee, "announced")
    Decision.objects.filter(pk=decision.pk).update(announced_at=decision.created_at)
    actor = association_actor(decision.need.association)
    url = f"reexamens/{decision.need_id}/"
    assert "votre demande et vos raisons" in page_of(actor, url)
    AppealFactory(need=decision.need)
    assert "déjà été demandé" in page_of(actor, url)


@pytest.mark.parametrize(
    ("state", "slug", "reads"),
    [
        ("planned", "ouvrir", "Aucun message ne part"),
        ("planned", "annuler", "« Comité annulé »"),
        ("open", "clore", "« Procès-verbal à signer »"),
        ("closed", "rouvrir", "sans votre motif"),
    ],
)
def test_the_confirmation_page_of_a_verb_on_a_meeting_shows_its_effects(
    state: str, slug: str, reads: str, committee: Any
) -> None:
    meeting = MeetingFactory(call=committee.call, state=state)
    page = page_of(officer_actor(committee.call.network), f"seances/{meeting.pk}/{slug}/")
    assert HAPPENS in page and reads in page


def test_ending_a_meeting_is_refused_if_attendance_changes_while_minutes_are_rendered(
    committee: Any, drawn_as_data: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = MeetingFactory(call=committee.call, state="open")
    meeting.present.set([committee.chair])
    draw = meetings.draw

    def draw_while_someone_arrives(**given: Any) -> Any:
        meeting.present.add(committee.members[0])
        return draw(**given)

    monkeypatch.setattr(meetings, "draw", draw_while_someone_arrives)
    with pytest.raises(meetings.ActionNotAllowed, match="demandez de nouveau la clôture"):
        meetings.end_meeting(meeting, by=committee_actor(committee.chair))
    assert Meeting.objects.get(pk=meeting.pk).state == "open"
    monkeypatch.setattr(meetings, "draw", draw)
    fresh = Meeting.objects.get(pk=meeting.pk)
    meetings.end_meeting(fresh, by=committee_actor(committee.chair))
    assert fresh.minutes is not None
