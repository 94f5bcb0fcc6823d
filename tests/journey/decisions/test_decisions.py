"""Decisions: who takes each of them, the opinions or votes required, and concurrency."""

from collections.abc import Callable
from decimal import Decimal
from threading import Barrier, Thread
from typing import Any
from zlib import crc32

import pytest
from django.db import connection

from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.calls.models import Envelope
from explor.journey.committees import actions as committees
from explor.journey.committees import selectors as committee_reads
from explor.journey.committees.models import Bylaws
from explor.journey.decisions import actions as decisions
from explor.journey.decisions import pages
from explor.journey.decisions import selectors as decision_reads
from explor.journey.decisions.models import Decision
from explor.journey.decisions.states import DECISION, State
from explor.journey.meetings import actions as meetings
from explor.journey.meetings.rules.voting import Ballot
from factories import (
    FunderFactory,
    MeetingFactory,
    NetworkFactory,
    association_actor,
    committee_actor,
    officer_actor,
    wearing,
)

YES = Ballot(votes_for=1, votes_against=0, abstentions=0)
SLUGS = {"decide": "decider", "announce": "annoncer", "reconsider": "reprendre"}


def judged(committee: Any, place: int = 0) -> Decision:
    """Return the decision on a need, with the opinion that the quorum requires."""
    seat, decision = committee.members[0], committee.decision(place)
    by = committee_actor(seat)
    committees.give_opinion(
        decision.need, member=seat, by=by, verdict="favourable", score=Decimal(15)
    )
    return decision


def brought(committee: Any, state: str) -> Decision:
    decision = judged(committee)
    if state != State.TO_DECIDE:
        verdict = {"verdict": "deferred", "letter": "Précisez les dates."}
        by = officer_actor(committee.call.network)
        decisions.decide(decision, by=by, **verdict)
        if state == State.ANNOUNCED:
            decisions.announce(decision, by=by)
    return Decision.objects.get(pk=decision.pk)


@pytest.mark.parametrize("role", ["own", "other", "chair", "association"])
@pytest.mark.parametrize("verb", SLUGS)
@pytest.mark.parametrize("state", State.values)
def test_a_verb_on_a_decision_succeeds_only_for_the_network_and_in_the_allowed_states(
    state: str, verb: str, role: str, committee: Any
) -> None:
    decision = brought(committee, state)
    need, network = decision.need, committee.call.network
    actor = {
        "own": lambda: officer_actor(network),
        "other": lambda: officer_actor(NetworkFactory()),
        "chair": lambda: committee_actor(committee.chair),
        "association": lambda: association_actor(need.association),
    }[role]()
    slug = actor.key if role == "other" else network.slug
    typed = {
        "version": decision.version,
        "verdict": "favourable",
        "letter": "Un beau projet.",
        "reason": "Les dates sont venues.",
    }
    if decision.verdict:
        typed["letter_read"] = crc32(pages.letter_to_read(actor, decision)["letter"].encode())
    answer = wearing(actor).post(f"/reseau/{slug}/decisions/{need.pk}/{SLUGS[verb]}/", typed)
    allowed = role == "own" and DECISION.allows(state, verb, "reseau")
    expected = 302 if allowed else 409 if role == "own" else 404
    assert answer.status_code == expected
    now = Decision.objects.get(pk=decision.pk)
    moved = Entry.objects.about(now).filter(verb=verb).count()
    before = {"decide": state != State.TO_DECIDE, "announce": state == State.ANNOUNCED}
    assert moved == before.get(verb, False) + allowed
    if not allowed:
        assert (now.state, now.version) == (state, decision.version)


def test_taking_a_decision_is_refused_until_the_required_opinions_are_given(committee: Any) -> None:
    by = officer_actor(committee.call.network)
    with pytest.raises(ActionNotAllowed, match="0 sur 1"):
        decisions.decide(committee.decision(), by=by, verdict="favourable")
    decisions.decide(judged(committee), by=by, verdict="favourable")


def test_a_decision_of_the_chair_is_refused_without_open_meeting_and_votes(committee: Any) -> None:
    chair, decision = committee_actor(committee.chair), judged(committee)
    with pytest.raises(ActionNotAllowed, match="Aucune séance"):
        decisions.decide(decision, by=chair, verdict="favourable", ballot=YES)
    meeting = MeetingFactory(call=committee.call, state="open")
    with pytest.raises(ActionNotAllowed, match="quorum"):
        decisions.decide(decision, by=chair, verdict="favourable", ballot=YES)
    meeting.present.set([committee.chair, committee.members[0]])
    with pytest.raises(ActionNotAllowed, match="notez les voix"):
        decisions.decide(decision, by=chair, verdict="favourable")
    decisions.decide(decision, by=chair, verdict="favourable", ballot=YES)
    kept = Decision.objects.get(pk=decision.pk)
    assert (kept.meeting, kept.votes_for, kept.amount) == (meeting, 1, Decimal(5000))


def test_changing_a_decision_voted_in_an_ended_meeting_is_refused(committee: Any) -> None:
    decision = judged(committee)
    meeting = MeetingFactory(call=committee.call, state="open")
    meeting.present.set([committee.chair, committee.members[0]])
    chair, officer = committee_actor(committee.chair), officer_actor(committee.call.network)
    decisions.decide(decision, by=chair, verdict="favourable", ballot=YES)
    meetings.end_meeting(meeting, by=chair)
    with pytest.raises(ActionNotAllowed, match="rouvrez cette séance"):
        decisions.decide(decision, by=officer, verdict="unfavourable", letter="Non.")


def test_taking_a_decision_is_refused_when_the_amount_exceeds_the_envelope(committee: Any) -> None:
    Envelope.objects.create(call=committee.call, funder=FunderFactory(), amount=12000)
    by = officer_actor(committee.call.network)
    for place in (0, 1):
        decisions.decide(judged(committee, place), by=by, verdict="favourable")
    third = judged(committee, 2)
    with pytest.raises(ActionNotAllowed, match="dépassée de 3\xa0000 €"):
        decisions.decide(third, by=by, verdict="favourable")
    decisions.decide(third, by=by, verdict="favourable", amount=Decimal(2000))
    money = decision_reads.money_of(committee_reads.bylaws_of(committee.call))
    assert (money.granted, money.left) == (Decimal(12000), Decimal(0))
    # The former amount of a decision taken again is not counted.
    decisions.decide(third, by=by, verdict="favourable", amount=Decimal(1000))


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run the acts in concurrent threads; return the outcome of each."""
    gate, outcomes = Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        gate.wait()
        try:
            act()
            outcomes.append("done")
        except ActionNotAllowed as refusal:
            outcomes.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def deciding(decision: Decision, by: Actor, **typed: Any) -> Callable[[], object]:
    expected_version = decision.version
    return lambda: decisions.decide(
        Decision.objects.get(pk=decision.pk), by=by, expected_version=expected_version, **typed
    )


@pytest.mark.django_db(transaction=True)
def test_one_of_the_concurrent_decisions_on_a_need_succeeds_and_the_others_are_refused(
    committee: Any,
) -> None:
    decision, officer = judged(committee), officer_actor(committee.call.network)
    verdicts = ("favourable", "unfavourable", "deferred")
    acts = [deciding(decision, officer, verdict=each, letter=each) for each in verdicts]
    outcomes = at_once(*acts)
    assert outcomes.count("done") == 1
    assert all("a changé" in each for each in outcomes if each != "done")
    kept = Decision.objects.get(pk=decision.pk)
    assert kept.letter == kept.verdict


@pytest.mark.django_db(transaction=True)
def test_concurrent_decisions_stay_within_the_envelope(committee: Any) -> None:
    Envelope.objects.create(call=committee.call, funder=FunderFactory(), amount=7000)
    by = officer_actor(committee.call.network)
    files = [judged(committee, place) for place in range(3)]
    outcomes = at_once(*(deciding(each, by, verdict="favourable") for each in files))
    assert outcomes.count("done") == 1
    assert decision_reads.money_of(Bylaws(call=committee.call)).granted == Decimal(5000)


@pytest.mark.django_db(transaction=True)
def test_concurrent_decisions_would_exceed_the_envelope_without_the_lock(
    committee: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Check, as a control, that the race of the test above happens without the lock."""
    Envelope.objects.create(call=committee.call, funder=FunderFactory(), amount=7000)
    by = officer_actor(committee.call.network)
    files = [judged(committee, place) for place in range(2)]
    gate, read = Barrier(2, timeout=20), decision_reads.money_of

    def both_read_before_either_writes(*args: Any, **kwargs: Any) -> Any:
        money = read(*args, **kwargs)
        gate.wait()
        return money

    monkeypatch.setattr(
        "explor.journey.decisions.actions.decisions.lock_call", lambda _: committee.call
    )
    monkeypatch.setattr(decision_reads, "money_of", both_read_before_either_writes)
    outcomes = at_once(*(deciding(each, by, verdict="favourable") for each in files))
    assert outcomes == ["done", "done"]
    assert read(Bylaws(call=committee.call)).granted == Decimal(10000)
