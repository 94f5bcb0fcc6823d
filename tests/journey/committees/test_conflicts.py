"""Conflicts of interest, detected by Explor or declared, and the recusals that follow."""

from decimal import Decimal
from typing import Any

import pytest

from explor.ground.audit.models import Entry
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.committees import actions as committees
from explor.journey.committees import selectors as committee_reads
from explor.journey.committees.models import Opinion, Recusal
from explor.journey.decisions.actions import decide
from explor.journey.decisions.models import Decision
from explor.journey.meetings.models import Meeting
from explor.journey.meetings.rules.voting import Ballot
from factories import (
    AssociationFactory,
    EmployerFactory,
    ExpertFactory,
    FieldPartnerFactory,
    MeetingFactory,
    MemberFactory,
    committee_actor,
    officer_actor,
    wearing,
)


def add_conflict(kind: str, need: Any, person: Any) -> str:
    """Create a conflict between a person and a need; return the reason that Explor gives."""
    name = need.association.name
    if kind == "acts":
        MemberFactory(organisation=need.association, person=person)
    elif kind == "works":
        ExpertFactory(person=person, employer=need.association)
    elif kind == "same body":
        need.association.siren = "552100554"
        need.association.save()
        ExpertFactory(person=person, employer=EmployerFactory(siren="552100554"))
    elif kind == "same body by SIRET":
        need.association.siren, need.association.siret = "", "55210055400013"
        need.association.save()
        employer = EmployerFactory(siren="", siret="55210055400021")
        ExpertFactory(person=person, employer=employer)
    else:
        email = person.email.upper()
        need.partner = FieldPartnerFactory(association=need.association, email=email)
        need.save()
        return f"Partenaire de terrain de {name}"
    return f"{'Agit' if kind == 'acts' else 'Travaille'} pour {name}"


@pytest.mark.parametrize("kind", ["acts", "works", "same body", "same body by SIRET", "partner"])
def test_each_kind_of_known_conflict_recuses_the_committee_member(
    kind: str, committee: Any
) -> None:
    seat, need = committee.members[0], committee.needs[0]
    reason = add_conflict(kind, need, seat.person)
    assert [
        (t.member, t.need, t.reason) for t in committee_reads.known_conflicts(committee.call)
    ] == [(seat.pk, need.pk, reason)]
    assert committee_reads.needs_closed_to(seat) == {need.pk}
    browser = wearing(committee_actor(seat))
    # The page is refused at once, even before the recusal is recorded.
    assert browser.get(f"/comite/{committee.call.slug}/dossiers/{need.pk}/").status_code == 403
    committees.recuse_conflicted_members(committee.call)
    assert list(Recusal.objects.values_list("member", "need", "reason", "detected")) == [
        (seat.pk, need.pk, reason, True)
    ]
    committees.recuse_conflicted_members(committee.call)
    assert Recusal.objects.count() == 1


def test_organisations_with_a_blank_siren_create_no_known_conflict(committee: Any) -> None:
    need, person = committee.needs[0], committee.members[0].person
    need.association.siren = ""
    need.association.save()
    ExpertFactory(person=person, employer=EmployerFactory(siren=""))
    MemberFactory(organisation=AssociationFactory(siren=""), person=person)
    assert committee_reads.known_conflicts(committee.call) == []
    assert committee_reads.needs_closed_to(committee.members[0]) == set()


def test_declaring_a_conflict_recuses_the_committee_member_and_withdraws_their_opinion(
    committee: Any,
) -> None:
    seat, need = committee.members[0], committee.needs[0]
    by = committee_actor(seat)
    committees.give_opinion(
        committee.decision().need, member=seat, by=by, verdict="favourable", score=Decimal(19)
    )
    browser, url = wearing(by), f"/comite/{committee.call.slug}/liens/"
    ticked = {"associations": [need.association_id], "nothing_else": "on"}
    assert browser.post(url, ticked).status_code == 422
    assert browser.post(url, {**ticked, "reason": "Ma sœur."}).status_code == 302
    assert not Opinion.objects.exists()
    typed = Entry.objects.about(need).get(verb="recuse")
    assert (typed.reason, typed.details["withdrawn"]) == ("Ma sœur.", True)
    assert browser.post(url, {"nothing_else": ""}).status_code == 422


def test_declaring_interests_in_an_association_of_another_call_is_refused(committee: Any) -> None:
    seat, other = committee.members[0], AssociationFactory()
    typed = {"associations": [other.pk], "nothing_else": "on", "reason": "Un ami."}
    url = f"/comite/{committee.call.slug}/liens/"
    assert wearing(committee_actor(seat)).post(url, typed).status_code == 422


@pytest.mark.parametrize("state", ["decided", "announced"])
def test_recusing_a_member_is_refused_after_the_decision(state: str, committee: Any) -> None:
    seat, need = committee.members[0], committee.needs[0]
    Decision.objects.filter(need=need).update(state=state, verdict="favourable")
    url = f"/comite/{committee.call.slug}/dossiers/{need.pk}/retrait/"
    answer = wearing(committee_actor(seat)).post(url, {"reason": "Un ami."})
    assert answer.status_code == 409
    assert not Recusal.objects.exists()


def test_pages_show_nothing_of_the_need_to_a_recused_chair(
    committee: Any, drawn_as_data: None
) -> None:
    """Check every page of a chair recused from the first need, except the minutes."""
    need, call, chair = committee.needs[0], committee.call, committee.chair
    need.objectives, need.context = "Objectif sentinelle", "Contexte sentinelle"
    need.save()
    reader, officer = committee.members[0], officer_actor(call.network)
    committees.give_opinion(
        committee.decision().need, member=reader, by=committee_actor(reader), verdict="favourable",
        score=Decimal("17.3"), comment="Avis sentinelle",
    )  # fmt: skip
    committees.recuse(need, member=chair, by=committee_actor(chair), reason="Un ami.")
    meeting = MeetingFactory(call=call, state="open")
    meeting.present.set([chair, reader, committee.members[1]])
    browser, home = wearing(committee_actor(chair)), f"/comite/{call.slug}/"
    shut = [
        f"dossiers/{need.pk}/",
        f"dossiers/{need.pk}/retrait/",
        f"dossiers/{need.pk}/reprendre/",
        f"seances/{meeting.pk}/dossiers/{need.pk}/",
    ]
    assert {browser.get(home + url).status_code for url in shut} == {403}
    shown = [
        "",
        "dossiers/",
        "lecture/",
        f"appels/{call.pk}/classement/",
        f"seances/{meeting.pk}/",
        f"seances/{meeting.pk}/dossiers/{committee.needs[1].pk}/",
    ]
    for url in shown:
        answer = browser.get(home + url)
        page = answer.content.decode()
        assert answer.status_code == 200, url
        assert "sentinelle" not in page and "17,3" not in page, url
        assert f"dossiers/{need.pk}/" not in page, url
    # Control: the network does see the words that are hidden from the chair.
    typed = wearing(officer).get(f"/reseau/{call.network.slug}/decisions/{need.pk}/")
    assert "Avis sentinelle" in typed.content.decode()
    assert Meeting.objects.get().state == "open"


def test_a_committee_member_who_joins_an_association_can_no_longer_read_its_need(
    committee: Any,
) -> None:
    """The conflict counts at once on every page, before the recusal is recorded."""
    MeetingFactory(call=committee.call, state="open")
    need, others = committee.needs[0], committee.needs[1:]
    need.objectives = "Objectifs tenus secrets"
    need.save()
    MemberFactory(organisation=need.association, person=committee.chair.person)
    browser, home = wearing(committee_actor(committee.chair)), f"/comite/{committee.call.slug}/"
    meeting = Meeting.objects.get()
    pages = {
        url: browser.get(home + url).content.decode()
        for url in (
            "lecture/",
            f"seances/{meeting.pk}/dossiers/{need.pk}/",
            *(f"seances/{meeting.pk}/dossiers/{each.pk}/" for each in others),
        )
    }
    assert [url for url, page in pages.items() if "Objectifs tenus secrets" in page] == []
    assert [url for url, page in pages.items() if f'href="../{need.pk}/"' in page] == []
    vote = browser.get(f"{home}seances/{meeting.pk}/dossiers/{need.pk}/")
    assert vote.status_code == 403
    ranking = browser.get(f"{home}appels/{committee.call.pk}/classement/").content.decode()
    assert ranking.count("vous êtes en retrait de ce dossier") == 1
    assert Recusal.objects.count() == 0


def test_the_next_need_to_judge_skips_a_need_on_which_the_member_has_a_new_conflict(
    committee: Any,
) -> None:
    seat = committee.members[0]
    first = committee_reads.next_to_judge(seat)
    closed = next(each for each in committee.needs if each.pk == first)
    MemberFactory(organisation=closed.association, person=seat.person)
    left = list(committee_reads.without_final_opinion(seat).values_list("pk", flat=True))
    assert sorted(left) == sorted(each.pk for each in committee.needs if each.pk != first)
    assert committee_reads.next_to_judge(seat) in left


@pytest.mark.parametrize("state", ["decided", "announced"])
def test_pages_show_nothing_of_the_need_to_a_chair_with_a_conflict_since_the_decision(
    state: str, committee: Any
) -> None:
    """A chair who joins an association once its need is decided, before it knows."""
    need, call, chair = committee.needs[0], committee.call, committee.chair
    need.context = "Contexte sentinelle"
    need.save()
    reader = committee.members[0]
    committees.give_opinion(
        committee.decision().need, member=reader, by=committee_actor(reader), verdict="favourable",
        score=Decimal("17.3"), comment="Avis sentinelle",
    )  # fmt: skip
    Decision.objects.filter(need=need).update(
        state=state, verdict="unfavourable", letter="Motif sentinelle"
    )
    meeting = MeetingFactory(call=call, state="open")
    meeting.present.set([chair, reader])
    by, home = committee_actor(chair), f"/comite/{call.slug}/"
    vote = f"{home}seances/{meeting.pk}/dossiers/{need.pk}/"
    assert wearing(by).get(vote).status_code == 200
    MemberFactory(organisation=need.association, person=chair.person)
    browser = wearing(by)
    assert [browser.get(url).status_code for url in (vote, f"{home}dossiers/{need.pk}/")] == [
        403,
        403,
    ]
    for url in ("", "dossiers/", f"appels/{call.pk}/classement/", f"seances/{meeting.pk}/"):
        page = browser.get(home + url).content.decode()
        assert "sentinelle" not in page and "17,3" not in page, url
        assert state == "announced" or "défavorable" not in page, url
    if state == "decided":
        with pytest.raises(ActionNotAllowed, match="en retrait"):
            decide(
                committee.decision(), by=by, verdict="favourable", ballot=Ballot(
                    votes_for=2, votes_against=0, abstentions=0
                ),
            )  # fmt: skip
