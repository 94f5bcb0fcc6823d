"""Tasks on the home pages of committee members, of the chair and of the network."""

from typing import Any

import pytest
from django.utils import timezone

from explor.journey.committees import actions as committees
from explor.journey.committees import pages as committee_pages
from explor.journey.committees.models import Opinion
from explor.journey.decisions.models import Decision
from explor.journey.decisions.pages import tasks_of_network
from explor.journey.meetings import pages as meetings
from factories import AppealFactory, MeetingFactory, committee_actor, officer_actor


def tasks_of(seat: Any) -> list[Any]:
    """Return the tasks of a member about the committee and its meetings, in order."""
    actor = committee_actor(seat)
    return meetings.tasks_of_member(actor) + committee_pages.tasks_of_member(actor)


def lines(seat: Any) -> list[tuple[str, str]]:
    return [(each.title, each.why) for each in tasks_of(seat)]


def judge(committee: Any, seat: Any, *places: int) -> None:
    for place in places:
        Opinion.objects.create(
            member=seat,
            need=committee.needs[place],
            verdict="favourable",
            score=12,
            final_at=timezone.now(),
        )


def test_several_needs_to_judge_are_one_task_that_links_to_the_first_need(committee: Any) -> None:
    seat = committee.members[0]
    [line] = tasks_of(seat)
    assert line.title == "Donner votre avis sur 3 dossiers"
    number = committee.needs[1].file_number
    assert line.why == f"À commencer par « Dossier Dosso » ({number})."
    assert line.url.endswith(f"/dossiers/{committee.needs[1].pk}/")


def test_the_last_need_to_judge_is_named_in_the_task_of_the_committee_member(
    committee: Any,
) -> None:
    seat = committee.members[0]
    judge(committee, seat, 1)
    committees.recuse(committee.needs[2], member=seat, by=committee_actor(seat), reason="Un ami.")
    title = f"Donner votre avis sur « Dossier Tsévié » ({committee.needs[0].file_number})"
    assert lines(seat) == [(title, "C’est le dernier.")]
    judge(committee, seat, 0)
    assert lines(seat) == []


@pytest.mark.parametrize(
    ("state", "chair", "member"),
    [
        ("planned", "Séance du comité", "Séance du comité"),
        ("open", "Reprendre la séance ouverte", None),
        ("closed", "Signer le procès-verbal", None),
        ("signed", None, None),
        ("cancelled", None, None),
    ],
)
def test_a_planned_meeting_is_a_task_of_each_member_and_later_of_the_chair_only(
    state: str, chair: str | None, member: str | None, committee: Any
) -> None:
    for seat in (committee.chair, committee.members[0]):
        judge(committee, seat, 0, 1, 2)
    MeetingFactory(call=committee.call, state=state, place="Salle 2", digest="x")
    for seat, title in ((committee.chair, chair), (committee.members[0], member)):
        assert [typed for typed, _ in lines(seat)] == ([title] if title else [])
    if state == "planned":
        assert lines(committee.members[0])[0][1].endswith("heure de Paris, Salle 2.")


def titles(committee: Any) -> list[tuple[str, str]]:
    lines = tasks_of_network(officer_actor(committee.call.network))
    return [(each.title, each.url.split("/", 3)[-1]) for each in lines]


def test_needs_to_decide_or_announce_are_one_task_of_the_network_per_call(
    committee: Any,
) -> None:
    call = committee.call
    assert titles(committee) == []
    judge(committee, committee.members[0], 0)
    pk = committee.needs[0].pk
    assert titles(committee) == [
        ("Enregistrer la décision : Dossier Tsévié", f"decisions/{pk}/"),
    ]
    judge(committee, committee.members[0], 1, 2)
    ranking = f"appels/{call.pk}/classement/"
    assert titles(committee) == [(f"Enregistrer 3 décisions : {call.title}", ranking)]
    Decision.objects.filter(need__in=committee.needs[1:]).update(
        state="decided", verdict="unfavourable"
    )
    assert sorted(titles(committee)) == [
        (f"Annoncer 2 décisions : {call.title}", f"appels/{call.pk}/annonces/"),
        ("Enregistrer la décision : Dossier Tsévié", f"decisions/{pk}/"),
    ]
    Decision.objects.filter(need=committee.needs[2]).update(state="announced")
    AppealFactory(need=committee.needs[2])
    assert len(titles(committee)) == 3
    pk = committee.needs[2].pk
    assert ("Répondre à la demande de réexamen : Dossier Koumra", f"reexamens/{pk}/") in titles(
        committee
    )
