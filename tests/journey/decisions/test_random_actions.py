"""Random actions on a call, in any order, keep its invariants.

`make soak` runs a thousand series of fifty actions; `EXPLOR_EXAMPLES=100 pytest
tests/journey/decisions/test_random_actions.py` runs a hundred.
"""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from explor.actors.organisations.models import Member
from explor.ground.accounts.models import Person
from explor.ground.files.models import Seal
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.journey.calls.models import Criterion, Envelope
from explor.journey.committees import actions as committees
from explor.journey.committees import selectors as committee_reads
from explor.journey.committees.models import Bylaws, CommitteeMember, Opinion, Verdict
from explor.journey.decisions import actions as decisions
from explor.journey.decisions import rules
from explor.journey.decisions import selectors as decision_reads
from explor.journey.decisions.models import Appeal, Decision
from explor.journey.decisions.states import State
from explor.journey.meetings import actions as meetings
from explor.journey.meetings import rules as meeting_rules
from explor.journey.meetings import selectors as meeting_reads
from explor.journey.meetings.models import Meeting
from explor.journey.meetings.rules.voting import Ballot
from explor.journey.meetings.states import CURRENT, MeetingState
from explor.journey.needs.actions import withdraw
from explor.journey.needs.models import Need
from factories import (
    AssociationFactory,
    CallFactory,
    FunderFactory,
    MemberFactory,
    NeedFactory,
    PersonFactory,
    association_actor,
    officer_actor,
)
from support.call_invariants import ENVELOPE, InvariantsOfACall
from support.soak import length

EXAMPLES = int(os.environ.get("EXPLOR_EXAMPLES") or length(5, 1000))
STEPS = length(30, 50)
NEEDS, SEATS = 4, 4
PLACE = st.integers(0, 7)
VERDICTS = st.lists(st.sampled_from(Verdict.values), max_size=4)


def may_leave(decision: Decision) -> bool:
    """Return whether the letter may be sent: the need is admissible and its meeting is over."""
    voting = decision.meeting is not None and decision.meeting.state == "open"
    return decision.need.state == "admissible" and not voting


class RandomActionsOnACall(InvariantsOfACall, RuleBasedStateMachine):
    """One call, an envelope of 12,000 €, up to four needs of three associations, four members."""

    def __init__(self) -> None:
        super().__init__()
        self.rollback = transaction.atomic()
        self.rollback.__enter__()
        self.clock = time_machine.travel(datetime(2026, 10, 5, 8, tzinfo=UTC), tick=False)
        self.moment = self.clock.start()
        self.words = 0
        self.drafts: set[str] = set()
        self.sent: set[str] = set()
        self.announced: set[int] = set()
        self.voted: dict[int, tuple[Any, ...]] = {}
        self.read: dict[int, tuple[str, Any]] = {}

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.rollback.__exit__(None, None, None)

    @initialize(grid=st.booleans(), blind=st.booleans(), quorum=st.integers(1, 3))
    def call_is_open(self, grid: bool, blind: bool, quorum: int) -> None:
        self.call = CallFactory(quorum=quorum)
        self.officer = officer_actor(self.call.network)
        Envelope.objects.create(call=self.call, funder=FunderFactory(), amount=ENVELOPE)
        Bylaws.objects.create(call=self.call, blind=blind, presence=25)
        self.criteria = [
            Criterion.objects.create(call=self.call, label=f"Critère {weight}", weight=weight)
            for weight in (1, 3)
            if grid
        ]
        self.people = PersonFactory.create_batch(SEATS)
        self.associations = AssociationFactory.create_batch(3, network=self.call.network)
        for association in self.associations:
            MemberFactory(organisation=association)
        self.needs: list[Need] = []
        for each in range(2):
            committees.join(self.people[each], self.call.slug, "" if each else "chair")
            committees.declare_interests(self.seats[each], by=self.as_member(self.seats[each]))
        for each in range(2):
            self.admit(each)

    # Fresh rows from the database.

    @property
    def seats(self) -> list[CommitteeMember]:
        return list(CommitteeMember.objects.filter(call=self.call).order_by("pk"))

    @property
    def meeting(self) -> Meeting | None:
        return meeting_reads.current_meeting(self.call)

    def decision(self, place: int) -> Decision:
        return Decision.objects.select_related("need__call", "need__association").get(
            need=self.needs[place % len(self.needs)]
        )

    def as_member(self, seat: CommitteeMember) -> Actor:
        person: Person = seat.person
        typed = {"person": person.pk, "name": person.name, "email": person.email}
        return Actor(role="comite", scope=self.call.pk, key=self.call.slug, **typed)

    def leader(self, chair: bool) -> Actor:
        """Return the network, or the chair if there is one and `chair` is true."""
        seat = next((each for each in self.seats if each.chair), None)
        return self.as_member(seat) if chair and seat else self.officer

    def word(self, kind: str) -> str:
        self.words += 1
        return f"{kind}{self.words}"

    def done(self, act: Callable[[], Any]) -> bool:
        """Run an action; return False when it is refused. Any other exception fails the test."""
        self.moment.shift(timedelta(minutes=1))
        try:
            with transaction.atomic():
                act()
        except (ActionNotAllowed, PermissionDenied):
            return False
        return True

    def admit(self, place: int) -> None:
        association = self.associations[place % len(self.associations)]
        need = NeedFactory(
            network=self.call.network,
            call=self.call,
            association=association,
            state="admissible",
        )
        self.needs.append(need)
        decisions.open_decision(need)
        decisions.open_decision(need)

    @rule(place=PLACE)
    def a_need_is_admitted(self, place: int) -> None:
        if len(self.needs) < NEEDS:
            self.admit(place)

    @rule(place=PLACE)
    def a_need_is_withdrawn(self, place: int) -> None:
        if place > 5:
            need = Need.objects.get(pk=self.needs[place % len(self.needs)].pk)
            by = association_actor(need.association)
            self.done(lambda: withdraw(need, by=by, reason="Plus de partenaire."))

    @rule(place=PLACE)
    def a_decision_is_contested(self, place: int) -> None:
        decision = self.decision(place)
        by = association_actor(decision.need.association)
        mine = Decision.objects.visible_to(by).filter(pk=decision.pk).exists()
        if mine and rules.can_request_review(by, decision):
            self.done(
                lambda: decisions.request_review(decision, by=by, text="Les dates ont changé.")
            )

    @rule(place=PLACE, granted=st.booleans())
    def a_request_is_answered(self, place: int, granted: bool) -> None:
        appeal = Appeal.objects.filter(need=self.decision(place).need_id).first()
        verb, act = ("grant", decisions.grant) if granted else ("uphold", decisions.uphold)
        if appeal is None or not rules.can_answer(self.officer, verb, appeal):
            return
        if self.done(lambda: act(appeal, by=self.officer, reason="Nous avons relu.")):
            self.reopened(appeal.need_id)

    @rule(place=PLACE, role=st.sampled_from(["", "chair"]))
    def a_member_joins(self, place: int, role: str) -> None:
        person = self.people[place % SEATS]
        self.done(lambda: committees.join(person, self.call.slug, role))

    @rule(place=PLACE, other=PLACE)
    def someone_joins_an_association(self, place: int, other: int) -> None:
        if place > 5:
            association = self.associations[other % len(self.associations)]
            Member.objects.get_or_create(
                organisation=association, person=self.people[other % SEATS]
            )

    @rule(place=PLACE, files=st.lists(PLACE, max_size=1))
    def interests_are_declared(self, place: int, files: list[int]) -> None:
        seat = self.seats[place % len(self.seats)]
        by, needs = self.as_member(seat), [self.decision(each).need_id for each in files]
        self.done(lambda: committees.declare_interests(seat, by=by, needs=needs, reason="Ma sœur."))

    @rule(place=PLACE, other=PLACE)
    def a_member_is_recused(self, place: int, other: int) -> None:
        seat, decision = self.seats[place % len(self.seats)], self.decision(other)
        by = self.as_member(seat)
        if place > 4 and self.may_judge(seat, decision):
            self.done(
                lambda: committees.recuse(decision.need, member=seat, by=by, reason="Un ami.")
            )

    def may_judge(self, seat: CommitteeMember, decision: Decision) -> bool:
        return committee_reads.may_judge(self.as_member(seat), decision.need)

    @rule(place=PLACE)
    def the_chair_changes(self, place: int) -> None:
        seat = self.seats[place % len(self.seats)]
        self.done(lambda: committees.appoint_chair(seat, by=self.officer))

    @rule(place=PLACE)
    def someone_leaves(self, place: int) -> None:
        seat = self.seats[place % len(self.seats)]
        if place > 5 and len(self.seats) > 1:
            self.done(lambda: committees.remove_member(seat, by=self.officer))

    @rule(
        presence=st.sampled_from([0, 25, 50, 100]),
        majority=st.sampled_from(Bylaws.Majority.values),
        casting=st.booleans(),
        amount=st.sampled_from([0, 3000, 5000, 9000]),
        threshold=st.integers(1, 20),
    )
    def bylaws_change(self, **changes: Any) -> None:
        bylaws = committee_reads.bylaws_of(self.call)
        self.done(lambda: committees.set_bylaws(bylaws, by=self.officer, changes=changes))

    @rule(place=PLACE, other=PLACE, level=st.integers(0, 4), final=st.booleans())
    def an_opinion_is_given(self, place: int, other: int, level: int, final: bool) -> None:
        self.give_opinion(
            self.seats[place % len(self.seats)], self.decision(other), level, final=final
        )

    def everyone_judges(self, place: int) -> None:
        for seat in self.seats:
            if seat.declared_at is None:
                committees.declare_interests(seat, by=self.as_member(seat))
            self.give_opinion(seat, self.decision(place), seat.pk % 5, final=True)

    def give_opinion(
        self, seat: CommitteeMember, decision: Decision, level: int, *, final: bool
    ) -> None:
        comment = self.word("Avis" if final else "Brouillon")
        levels = {each.pk: (level, comment) for each in self.criteria}
        kept = Opinion.objects.filter(member=seat, need=decision.need_id).first()
        done = self.done(
            lambda: committees.give_opinion(
                decision.need, member=seat, by=self.as_member(seat), final=final, comment=comment,
                verdict="favourable", score=Decimal(level * 5), levels=levels,
            )
        )  # fmt: skip
        if done:
            assert not self.is_recused(seat, decision)
            assert kept is None or kept.final_at is None
            assert not final or CommitteeMember.objects.get(pk=seat.pk).declared_at
            if not final:
                self.drafts.add(comment)

    def is_recused(self, seat: CommitteeMember, decision: Decision) -> bool:
        """Return whether a member is recused from a need, or acts for its association."""
        acts = Member.objects.filter(organisation=decision.need.association, person=seat.person)
        return seat.recusals.filter(need=decision.need_id).exists() or acts.exists()

    @rule(place=PLACE, other=PLACE)
    def an_opinion_is_reopened(self, place: int, other: int) -> None:
        seat, decision = self.seats[place % len(self.seats)], self.decision(other)
        final = Opinion.objects.filter(member=seat, need=decision.need_id, final_at__isnull=False)
        if opinion := final.first():
            by = self.as_member(seat)
            if self.done(lambda: committees.reopen_opinion(opinion, by=by)):
                self.drafts.add(opinion.comment)

    # Meetings and decisions.

    @rule(place=PLACE, verdict=st.sampled_from(Verdict.values), cost=st.sampled_from([None, 4000]))
    def a_decision_is_written(self, place: int, verdict: str, cost: int | None) -> None:
        self.decide(self.decision(place), self.officer, verdict, cost, None)

    @rule(
        place=PLACE,
        verdict=st.sampled_from(Verdict.values),
        votes=st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 1)),
        casting=st.booleans(),
        chair=st.booleans(),
    )
    def a_decision_is_voted(
        self, place: int, verdict: str, votes: tuple[int, int, int], casting: bool, chair: bool
    ) -> None:
        typed = dict(zip(("votes_for", "votes_against", "abstentions"), votes, strict=True))
        ballot = Ballot(**typed, casting=casting)
        self.decide(self.decision(place), self.leader(chair), verdict, None, ballot)

    def decide(
        self, decision: Decision, by: Actor, verdict: str, cost: int | None, ballot: Ballot | None
    ) -> None:
        if not rules.can_act(by, "decide", decision):
            return
        letter, expected_version = self.word("Motif"), decision.version
        amount = cost and Decimal(cost)
        typed: dict[str, Any] = {"verdict": verdict, "amount": amount, "ballot": ballot}
        done = self.done(
            lambda: decisions.decide(
                decision, by=by, letter=letter, expected_version=expected_version, **typed
            )
        )
        if done:
            self.check_basis(decision, ballot)
            late = Decision.objects.get(pk=decision.pk)
            with pytest.raises(EditConflict), transaction.atomic():
                decisions.decide(
                    late, by=by, letter="Trop tard.", expected_version=expected_version, **typed
                )

    def check_basis(self, decision: Decision, ballot: Ballot | None) -> None:
        given = list(committee_reads.opinions_on(decision.need))
        assert not any(self.is_recused(each.member, decision) for each in given)
        meeting = meeting_reads.open_meeting(self.call)
        assert (ballot is None) == (meeting is None)
        if meeting and ballot:
            there = [m for m in meeting.present.all() if not self.is_recused(m, decision)]
            assert ballot.count <= len(there)
            assert ballot.votes_for > ballot.votes_against or ballot.casting
            assert not ballot.casting or any(each.chair for each in there)
        else:
            judges = [m for m in self.seats if not m.recusals.filter(need=decision.need_id)]
            assert len(given) >= min(self.call.quorum, max(len(judges), 1))

    @rule(chair=st.booleans(), there=st.integers(1, 4))
    def the_committee_meets(self, chair: bool, there: int) -> None:
        """Take the next step of a meeting."""
        meeting, by = self.meeting, self.leader(chair)
        if meeting is None or meeting.state in (MeetingState.SIGNED, MeetingState.CANCELLED):
            self.done(lambda: meetings.plan_meeting(self.call, by=by, on=timezone.now()))
        elif meeting.state == MeetingState.PLANNED:
            self.lead("start_meeting", meeting, by)
            self.attend(meeting, there)
        elif meeting.state == MeetingState.OPEN:
            self.lead("end_meeting", meeting, by)
        else:
            self.lead("sign", meeting, self.leader(chair=True))

    @rule(
        chair=st.booleans(),
        place=PLACE,
        verb=st.sampled_from(["start_meeting", "end_meeting", "reopen", "sign", "cancel"]),
    )
    def anything_is_tried_on_a_meeting(self, chair: bool, place: int, verb: str) -> None:
        rows = list(Meeting.objects.filter(call=self.call))
        if rows:
            self.lead(verb, rows[place % len(rows)], self.leader(chair))

    @rule(place=PLACE, there=st.integers(0, 4))
    def who_is_there_is_noted(self, place: int, there: int) -> None:
        rows = list(Meeting.objects.filter(call=self.call))
        if rows:
            self.attend(rows[place % len(rows)], there)

    def attend(self, meeting: Meeting, there: int) -> None:
        fresh = Meeting.objects.get(pk=meeting.pk)
        before = set(fresh.present.values_list("pk", flat=True))
        members = self.seats[:there]
        done = self.done(lambda: meetings.note_attendance(fresh, by=self.officer, members=members))
        assert done == (fresh.state in CURRENT)
        if not done:
            assert set(fresh.present.values_list("pk", flat=True)) == before

    def lead(self, verb: str, meeting: Meeting, by: Actor) -> None:
        if not meeting_rules.can_lead(by, verb, meeting):
            return
        why = {"reason": "Une voix est mal notée."} if verb == "reopen" else {}
        kept = {"expected_version": meeting.version, **why}
        read = meeting.minutes
        if not self.done(lambda: getattr(meetings, verb)(meeting, by=by, **kept)):
            return
        row = Meeting.objects.get(pk=meeting.pk)
        if verb == "end_meeting":
            assert row.minutes
            self.read[row.pk] = (row.minutes.sha256, self.drawn(row))
            for each in row.decisions.all():
                self.voted[each.pk] = self.outcome(each)
        elif verb == "reopen":
            assert read is not None
            assert Seal.objects.get(document=read).revoked_for == "Séance rouverte."
            for each in row.decisions.all():
                self.voted.pop(each.pk, None)
        elif verb == "sign":
            assert read is not None
            assert row.minutes
            assert Seal.objects.get(document=read).replaced_by == row.minutes.seal

    @staticmethod
    def drawn(meeting: Meeting) -> Any:
        """Return the content of the minutes without the signature and the seal."""
        assert meeting.minutes
        typed = json.loads(meeting.minutes.file.read())
        return {key: value for key, value in typed.items() if key in ("facts", "sections", "lead")}

    @staticmethod
    def outcome(decision: Decision) -> tuple[Any, ...]:
        kept = ("verdict", "amount", "votes_for", "votes_against", "abstentions", "casting")
        return tuple(getattr(decision, name) for name in kept)

    @rule(place=PLACE)
    def a_letter_is_written(self, place: int) -> None:
        decision, letter = self.decision(place), self.word("Motif")
        self.done(lambda: decisions.write_letter(decision, by=self.officer, letter=letter))

    @rule(hours=st.sampled_from([1, 24, 72]), places=st.sets(PLACE, min_size=1, max_size=3))
    def letters_are_scheduled(self, hours: int, places: set[int]) -> None:
        unique = {d.pk: d for d in map(self.decision, places)}.values()
        at = timezone.now() + timedelta(hours=hours)
        chosen = [(each, each.version) for each in unique]
        self.done(lambda: decisions.schedule_announcement(chosen, by=self.officer, at=at))

    @rule(place=PLACE)
    def a_letter_is_unscheduled(self, place: int) -> None:
        decision = self.decision(place)
        self.done(lambda: decisions.unschedule_announcement([(decision, None)], by=self.officer))

    @rule(place=PLACE)
    def a_decision_is_announced(self, place: int) -> None:
        decision = self.decision(place)
        letter, decided = decision.letter, decision.state == State.DECIDED
        live = may_leave(decision)
        if rules.can_act(self.officer, "announce", decision):
            done = self.done(lambda: decisions.announce(decision, by=self.officer))
            assert done == (decided and bool(letter) and live)
            self.note_sent([decision] if done else [])

    @rule(hours=st.sampled_from([1, 25, 80, 24 * 32]))
    def time_passes(self, hours: int) -> None:
        self.moment.shift(timedelta(hours=hours))
        now = timezone.now()
        due = list(Decision.objects.filter(need__call=self.call, announce_at__lte=now))
        live = [each for each in due if may_leave(each)]
        assert decisions.announce_due(now) == len(live)
        assert not Decision.objects.filter(pk__in=[d.pk for d in due], announce_at__isnull=False)
        self.note_sent(live)

    def note_sent(self, decisions: list[Decision]) -> None:
        self.sent |= {each.letter for each in decisions}
        self.announced |= {each.need_id for each in decisions}

    @rule(place=PLACE)
    def a_file_goes_back(self, place: int) -> None:
        decision = self.decision(place)
        if rules.can_act(self.officer, "reconsider", decision):
            done = self.done(
                lambda: decisions.reconsider(
                    decision, by=self.officer, reason="Les dates changent."
                )
            )
            if done:
                self.reopened(decision.need_id)

    def reopened(self, need: int) -> None:
        decision = Decision.objects.get(need=need)
        if decision.state == State.TO_DECIDE:
            self.voted.pop(decision.pk, None)

    # Usual steps, so that random series of acts reach late states.

    @rule(place=PLACE, verdict=st.sampled_from(Verdict.values), cost=st.sampled_from([None, 4000]))
    def a_file_goes_on(self, place: int, verdict: str, cost: int | None) -> None:
        """Take the next step of a need: opinions, decision, announcement or review."""
        decision = self.decision(place)
        if decision.state == State.TO_DECIDE:
            self.everyone_judges(place)
            room = meeting_reads.open_meeting(self.call)
            ballot = Ballot(votes_for=1, votes_against=0, abstentions=0) if room else None
            self.decide(decision, self.officer, verdict, cost, ballot)
        elif decision.state == State.DECIDED:
            self.a_decision_is_announced(place)
        else:
            self.a_decision_is_contested(place)
            self.a_request_is_answered(place, granted=True)

    @rule(chair=st.booleans(), there=st.integers(1, 4), verdicts=VERDICTS, closed=st.booleans())
    def a_meeting_is_held(self, chair: bool, there: int, verdicts: list[str], closed: bool) -> None:
        for _ in range(3):
            if meeting_reads.open_meeting(self.call) is None:
                self.the_committee_meets(chair, there)
        for place, verdict in enumerate(verdicts):
            ballot = Ballot(votes_for=1, votes_against=0, abstentions=0)
            self.decide(self.decision(place), self.leader(chair), verdict, None, ballot)
        if closed and meeting_reads.open_meeting(self.call):
            self.the_committee_meets(chair, there)

    @rule(hours=st.sampled_from([1, 24]), waited=st.sampled_from([0, 2, 30]))
    def letters_leave(self, hours: int, waited: int) -> None:
        letters = [
            (each, each.version) for each in decision_reads.letters_of(self.call) if each.letter
        ]
        at = timezone.now() + timedelta(hours=hours)
        self.done(lambda: decisions.schedule_announcement(letters, by=self.officer, at=at))
        if waited:
            self.time_passes(waited)


@pytest.mark.soak
@pytest.mark.django_db
@pytest.mark.usefixtures("drawn_as_data")
def test_random_actions_on_the_committee_of_a_call_never_break_its_invariants(
    record_property: Callable[[str, object], None],
) -> None:
    run_state_machine_as_test(
        RandomActionsOnACall,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            phases=[Phase.generate],
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    figure = f"{EXAMPLES} lives of a call of {STEPS} steps: every promise held after each step"
    record_property("figure", figure)
