"""Whatever the order of actions, no valid agreement states a fact that its mission contradicts.

The actions are shuffled with those of two tabs (a form posted from an old page), of workers (jobs
that run late, twice, or are killed midway) and of people (a withdrawal, then another person).
"""

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.files.models import Seal
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.missions import actions as missions
from explor.journey.missions.models import ChecklistItem, Mission
from explor.journey.missions.states import BEFORE, State
from explor.journey.proposals import actions as proposals
from explor.journey.proposals.models import Proposal
from explor.journey.proposals.rules import silent
from explor.journey.releases import actions, engine, rules
from explor.journey.releases.models import Agreement, Release
from factories import (
    ExpertFactory,
    ProposalFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
)
from support.jobs import finish_job, give_back_job, next_job, run_job
from support.missions import on
from support.soak import length

# `EXPLOR_EXAMPLES=100 pytest tests/journeys/test_signed_facts.py` runs a hundred.
EXAMPLES = int(os.environ.get("EXPLOR_EXAMPLES") or length(5, 200))

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ENDED = (State.CANCELLED, State.REMOTE, State.INTERRUPTED)
GRANTED = ("approved", "agreed")


class Killed(Exception):
    """The worker is killed in the middle of a job."""


class Rollback(Exception):
    """Raised to roll back the jobs that `Story.check` runs in a transaction."""


class Story:
    """A need with one seat, the people proposed for it in turn, and the actions that may follow."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.tabs: list[tuple[str, int, int]] = []
        self.known: dict[int, dict[str, Actor]] = {}
        self.proposal_pk = ProposalFactory().pk
        need = self.proposal.need
        need.window_start, need.window_end = on(100), on(400)
        need.save()
        self.officer = officer_actor(need.network)
        for act in (self.answer, self.work, self.grant, self.work, self.sign, self.work):
            act()

    @property
    def proposal(self) -> Proposal:
        return Proposal.objects.with_related().get(pk=self.proposal_pk)

    @property
    def release(self) -> Release:
        """Return the release of the person proposed last.

        Raises:
            ActionNotAllowed: there is no release yet, so that no action on it is possible.
        """
        return _first(Release.objects.filter(proposal=self.proposal_pk))

    @property
    def mission(self) -> Mission:
        return _first(Mission.objects.filter(release__proposal=self.proposal_pk))

    @property
    def people(self) -> dict[str, Actor]:
        """Return the actor of each party, the same person for each action."""
        if self.proposal_pk not in self.known:
            proposal = self.proposal
            self.known[self.proposal_pk] = {
                "association": association_actor(proposal.need.association),
                "expert": expert_actor(proposal.expert),
                "employeur": employer_actor(proposal.employer),
            }
        return self.known[self.proposal_pk]

    # The actions of people.

    def answer(self) -> None:
        for party in silent(self.proposal):
            proposals.accept(self.proposal, party=party, by=self.people[party])

    def take_back(self) -> None:
        party = self.chance.choice(("association", "expert", "employeur"))
        by = self.people[party]
        proposals.take_back(self.proposal, party=party, by=by, reason="Erreur de dossier.")

    def withdraw(self) -> None:
        proposals.lose(self.proposal, by=self.people["expert"], reason="Désistement.")

    def propose_another(self) -> None:
        """Propose another person once the seat is free, and have every party accept."""
        former = self.proposal
        if former.need.free_seats:
            expert = ExpertFactory(network=former.need.network)
            made = ProposalFactory(
                decision=former.need.decision, expert=expert, start=former.start, end=former.end
            )
            self.proposal_pk = made.pk
            self.answer()

    def grant(self) -> None:
        actions.approve(self.release, by=self.people["employeur"], scheme="CP")

    def refuse(self) -> None:
        actions.refuse(self.release, by=self.people["employeur"], reason="Trop de travail.")

    def sign(self) -> None:
        release = self.release
        reading = engine.reading_of(release, release.scheme or "CP", timezone.localdate())
        if release.scheme and rules.unconfirmed(release, reading):
            actions.confirm_scheme(release, by=self.officer)
        for party in rules.unsigned(self.release):
            by = self.people[party]
            actions.sign(self.release, by=by, party=party)

    def postpone(self) -> None:
        mission, days = self.mission, self.chance.randint(1, 40) * DAY
        start, end = mission.start + days, mission.end + days
        missions.postpone(mission, by=self.officer, start=start, end=end, reason="Pluies.")

    def cancel(self) -> None:
        missions.cancel(self.mission, by=self.officer, cause="ZONE", reason="Zone fermée.")

    def go_remote(self) -> None:
        missions.go_remote(self.mission, by=self.officer, cause="ZONE", reason="Zone fermée.")

    def leave(self) -> None:
        """Start the mission with a signed agreement, even if its preparation is incomplete."""
        mission = self.mission
        ready = self.release.state == "agreed" and not rules.missing_agreement(self.release)
        if mission.state == "preparing" and ready:
            away = {"state": "away", "departed_on": mission.start}
            Mission.objects.filter(pk=mission.pk).update(**away)

    def interrupt(self) -> None:
        mission = self.mission
        with time_machine.travel(mission.start + 3 * DAY):
            missions.interrupt(
                mission, by=self.officer, on=mission.start + DAY, cause="SANTE", reason="Fièvre."
            )

    def undo_return(self) -> None:
        with time_machine.travel(self.mission.start + 4 * DAY):
            missions.undo_return(self.mission, by=self.officer, reason="Erreur.")

    # Two tabs: pages opened at one time and posted at another.

    def open_tab(self) -> None:
        self.tabs.append(("mission", self.mission.pk, self.mission.version))
        self.tabs.append(("release", self.release.pk, self.release.version))

    def post_tab(self) -> None:
        """Post an action from an old page, which must be refused once the row has changed."""
        if not self.tabs:
            return
        kind, pk, version = self.tabs.pop(self.chance.randrange(len(self.tabs)))
        model: Any = Mission if kind == "mission" else Release
        row = model.objects.get(pk=pk)
        act = self.chance.choice(self._acts_of(kind, row))
        if row.version == version:
            act(expected_version=version)
            return
        with pytest.raises(ActionNotAllowed), transaction.atomic():
            act(expected_version=version)
        assert model.objects.get(pk=pk).version == row.version

    def _acts_of(self, kind: str, row: Any) -> list[Callable[..., Any]]:
        by = self.officer
        if kind == "mission":
            start, end = row.start + 5 * DAY, row.end + 5 * DAY
            return [
                lambda **v: missions.postpone(row, by=by, start=start, end=end, reason="P.", **v),
                lambda **v: missions.cancel(row, by=by, cause="ZONE", reason="Zone.", **v),
            ]
        employer = self.people["employeur"]
        expert = self.people["expert"]
        return [
            lambda **v: actions.approve(row, by=employer, scheme="CP", **v),
            lambda **v: actions.refuse(row, by=employer, reason="Non.", **v),
            lambda **v: actions.sign(row, by=expert, party="expert", **v),
        ]

    # The workers: jobs that run late, twice, or are killed midway.

    def work(self) -> None:
        """Run every job due."""
        while job := next_job():
            run_job(job)
            finish_job(job)

    def work_once(self) -> None:
        """Run one due job, sometimes twice, and leave the other jobs late."""
        if job := next_job():
            for _ in range(self.chance.randint(1, 2)):
                run_job(job)
            finish_job(job)

    def work_killed(self) -> None:
        """Kill the worker in the middle of a job, which then remains to be run."""
        if job := next_job():
            try:
                with killed_after(self.chance.randint(1, 2)):
                    run_job(job)
            except Killed:
                pass
            give_back_job(job)

    # The invariants.

    def check(self) -> None:
        """Check the invariants as if every due job had run; roll these jobs back."""
        try:
            with transaction.atomic():
                self.work()
                for proposal in Proposal.objects.filter(need=self.proposal.need_id):
                    self._check(proposal)
                assert len(valid_papers()) <= 1  # one seat
                raise Rollback
        except Rollback:
            pass

    def _check(self, proposal: Proposal) -> None:
        release = Release.objects.filter(proposal=proposal).first()
        mission = Mission.objects.filter(release=release).first() if release else None
        papers = [each for each in valid_papers() if release and each.release_id == release.pk]
        for agreement in papers:
            assert release is not None
            assert agreement.facts == rules.stated_facts(release)
            assert (proposal.state, release.state in GRANTED) == ("agreed", True)
            assert mission is None or State(mission.state) not in ENDED
            dates = (proposal.start, proposal.end)
            assert mission is None or dates == (mission.start, mission.end)
        if mission is None or release is None:
            return
        if mission.state in BEFORE and release.state != "agreed":
            step = ChecklistItem.objects.get(mission=mission, code="agreement")
            assert (step.done_at, mission.state) == (None, State.PREPARING)
        if mission.state == State.AWAY:
            assert release.state == "approved" or papers


def _first(rows: Any) -> Any:
    if (row := rows.first()) is None:
        raise ActionNotAllowed("Rien n’est encore ouvert.")
    return row


def valid_papers() -> list[Agreement]:
    """Return the agreements whose verification page says that they are valid."""
    valid = Seal.objects.filter(revoked_at=None, replaced_by=None).values("document")
    papers = Q(document__in=valid) | Q(signed_copy__in=valid)
    return list(Agreement.objects.filter(papers))


@contextmanager
def killed_after(entries: int) -> Iterator[None]:
    """Raise `Killed` after `entries` entries are added to the journal."""
    left, written = entries, audit.log

    def log(*args: Any, **given: Any) -> Any:
        nonlocal left
        entry = written(*args, **given)
        left -= 1
        if not left:
            raise Killed
        return entry

    audit.log = log
    try:
        yield
    finally:
        audit.log = written


ACTS: tuple[Callable[[Story], None], ...] = (
    *(Story.postpone, Story.sign, Story.leave, Story.interrupt, Story.undo_return),
    *(Story.postpone, Story.sign, Story.cancel, Story.go_remote, Story.withdraw, Story.refuse),
    *(Story.grant, Story.take_back, Story.answer, Story.propose_another, Story.propose_another),
    *(Story.open_tab, Story.open_tab, Story.post_tab, Story.post_tab),
    *(Story.work, Story.work_once, Story.work_once, Story.work_killed, Story.work_killed),
)


def play(seed: int, acts: int = 10) -> list[str]:
    """Run random actions; return their names, those refused between brackets."""
    chance = random.Random(seed)
    story, played = Story(chance), list[str]()
    story.check()
    for act in chance.choices(ACTS, k=acts):
        played.append(act.__name__)
        print(f"seed {seed}, act {len(played)}: {act.__name__}")
        try:
            with transaction.atomic():
                act(story)
        except ActionNotAllowed:
            played[-1] = f"({act.__name__})"  # this state does not allow the action
        else:
            story.check()
    return played


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_no_valid_paper_states_a_fact_that_its_mission_contradicts(seed: int) -> None:
    play(seed)
