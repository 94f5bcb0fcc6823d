"""Invariants of a call for projects, checked after each random action."""

import re
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from hypothesis.stateful import invariant

from explor.ground.files.models import Seal
from explor.ground.mail.models import Message
from explor.journey.committees import selectors as committee_reads
from explor.journey.committees.models import Opinion, Recusal
from explor.journey.decisions import pages
from explor.journey.decisions import selectors as decision_reads
from explor.journey.decisions.models import SELECTED, Decision
from explor.journey.decisions.states import State
from explor.journey.meetings.models import Meeting
from explor.journey.meetings.states import CURRENT, MeetingState
from factories import association_actor

ENVELOPE = Decimal(12000)
WORD = re.compile(r"(?:Motif|Brouillon|Avis)\d+")


class InvariantsOfACall:
    """Invariants of the state machine `RandomActionsOnACall`, whose attributes are listed here."""

    call: Any
    officer: Any
    needs: list[Any]
    associations: list[Any]
    seats: Any
    words: int
    drafts: set[str]
    sent: set[str]
    announced: set[int]
    read: dict[int, Any]
    voted: dict[int, Any]
    drawn: Any
    outcome: Any

    @invariant()
    def invariants_hold(self) -> None:
        self.the_envelope_is_not_exceeded()
        self.opinions_of_recused_members_and_drafts_are_left_out()
        self.each_member_reads_their_own_opinion_alone()
        self.what_is_announced_was_decided()
        self.nothing_is_shown_before_its_announcement()
        self.no_need_is_lost()
        self.one_meeting_is_current_and_one_member_chairs()
        self.signed_minutes_and_votes_do_not_change()

    def the_envelope_is_not_exceeded(self) -> None:
        granted = Decision.objects.filter(
            need__call=self.call, need__state="admissible", verdict__in=SELECTED
        ).exclude(state=State.TO_DECIDE)
        amounts = [each.amount for each in granted]
        assert None not in amounts
        assert sum(amounts) <= ENVELOPE

    def opinions_of_recused_members_and_drafts_are_left_out(self) -> None:
        recused = set(Recusal.objects.filter(member__call=self.call).values_list("member", "need"))
        kept = Opinion.objects.filter(member__call=self.call)
        assert not recused & set(kept.values_list("member", "need"))
        shown = {}
        for need in self.needs:
            opinions = list(committee_reads.opinions_on(need))
            shown[need.pk] = len(opinions)
            assert not self.drafts & {each.comment for each in opinions if not each.final_at}
            assert all(each.final_at for each in opinions)
        bylaws = committee_reads.bylaws_of(self.call)
        for row in decision_reads.ranking(bylaws, decision_reads.money_of(bylaws)):
            assert (row.scores.count if row.scores else 0) == shown[row.decision.need_id]

    def each_member_reads_their_own_opinion_alone(self) -> None:
        seat = self.seats[self.words % len(self.seats)]
        for need in committee_reads.needs_of_member(seat):
            assert {each.member_id for each in need.own_opinions} <= {seat.pk}

    def what_is_announced_was_decided(self) -> None:
        for each in Decision.objects.filter(need__call=self.call, state=State.ANNOUNCED):
            assert each.need_id in self.announced
            assert (bool(each.verdict), bool(each.letter), each.announce_at) == (True, True, None)
            assert each.decided_at and each.announced_at
            assert each.decided_at < each.announced_at

    def nothing_is_shown_before_its_announcement(self) -> None:
        for association in self.associations:
            actor = association_actor(association)
            request: Any = SimpleNamespace(actor=actor)
            visible = set(Decision.objects.visible_to(actor).values_list("need", flat=True))
            assert visible <= self.announced
            for need in (each for each in self.needs if each.association_id == association.pk):
                announced = Decision.objects.get(need=need).state == State.ANNOUNCED
                panel = pages.for_need(request, need)
                assert bool(panel and panel.context["decision"]) == announced
                assert announced or not any(step.note for step in pages.steps(need))
        bodies = Message.objects.values_list("kind", "subject", "body", "about")
        for kind, subject, body, about in bodies:
            words = set(WORD.findall(f"{subject} {body}"))
            assert words <= self.sent
            assert not words or kind == "decisions.announce"
            if kind == "decisions.announce":
                assert int(about.split(":")[1]) in self.announced

    def no_need_is_lost(self) -> None:
        keys = [need.pk for need in self.needs]
        visible = Decision.objects.visible_to(self.officer).filter(need__in=keys)
        assert sorted(visible.values_list("need", flat=True)) == sorted(keys)

    def one_meeting_is_current_and_one_member_chairs(self) -> None:
        assert Meeting.objects.filter(call=self.call, state__in=CURRENT).count() <= 1
        assert self.call.committee.filter(chair=True).count() <= 1

    def signed_minutes_and_votes_do_not_change(self) -> None:
        for meeting in Meeting.objects.filter(call=self.call):
            if meeting.state == MeetingState.SIGNED:
                assert (meeting.digest, self.drawn(meeting)) == self.read[meeting.pk]
            if meeting.state in (MeetingState.CLOSED, MeetingState.SIGNED):
                live = Seal.objects.filter(document__owner=f"meetings.meeting:{meeting.pk}")
                assert [s.document for s in live.valid()] == [meeting.minutes]
            else:
                assert meeting.minutes is None
        for pk, outcome in self.voted.items():
            assert self.outcome(Decision.objects.get(pk=pk)) == outcome
