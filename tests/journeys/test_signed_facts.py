"""Whatever the order of the acts, no valid paper states a fact that its mission contradicts."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from explor.ground.files.models import Seal
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.missions import actions as missions
from explor.journey.missions.models import Mission
from explor.journey.missions.states import State, standing
from explor.journey.releases import actions, engine, rules
from explor.journey.releases.models import Agreement, Release
from factories import (
    ReleaseFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ENDED = (State.CANCELLED, State.REMOTE, State.INTERRUPTED)


class Story:
    """A mission whose agreement every party signed, and the acts that may follow."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        release = ReleaseFactory()
        self.people = {
            "association": association_actor(release.proposal.need.association),
            "expert": expert_actor(release.proposal.expert),
            "employeur": employer_actor(release.employer),
        }
        self.officer = officer_actor(release.proposal.need.network)
        actions.approve(release, by=self.people["employeur"], scheme="CP")
        self.pk = missions.open_mission(release).pk
        self.sign()

    @property
    def mission(self) -> Mission:
        return Mission.objects.get(pk=self.pk)

    @property
    def release(self) -> Release:
        return Release.objects.get(pk=self.mission.release_id)

    def draw(self) -> None:
        actions.draw_amendment(self.release)

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

    def withdraw(self) -> None:
        actions.end(self.release, by=self.officer, reason="Désistement.")

    def cancel(self) -> None:
        missions.cancel(self.mission, by=self.officer, cause="ZONE", reason="Zone fermée.")

    def go_remote(self) -> None:
        missions.go_remote(self.mission, by=self.officer, cause="ZONE", reason="Zone fermée.")

    def leave(self) -> None:
        """Put the mission under way, whatever its preparation lacks but the agreement."""
        mission = self.mission
        if mission.state == "preparing" and self.release.state == "agreed":
            Mission.objects.filter(pk=self.pk).update(state="away", departed_on=mission.start)

    def interrupt(self) -> None:
        mission = self.mission
        with time_machine.travel(mission.start + 3 * DAY):
            missions.interrupt(
                mission, by=self.officer, on=mission.start + DAY, cause="SANTE", reason="Fièvre."
            )

    def undo_return(self) -> None:
        with time_machine.travel(self.mission.start + 4 * DAY):
            missions.undo_return(self.mission, by=self.officer, reason="Erreur.")

    def check(self) -> None:
        mission, release = self.mission, self.release
        for agreement in Agreement.objects.filter(release=release):
            seal = Seal.objects.get(document=agreement.document)
            if seal.revoked_at or seal.replaced_by_id:
                continue
            assert agreement.facts == rules.stated_facts(release)
            assert State(mission.state) not in ENDED
            assert release.state not in ("refused", "ended")
        if standing(mission.state).has_left and mission.state == "away":
            valid = Seal.objects.filter(revoked_at=None, replaced_by=None)
            assert release.state == "approved" or valid.exists()


ACTS: tuple[Callable[[Story], None], ...] = (
    *(Story.postpone, Story.draw, Story.sign, Story.leave, Story.interrupt, Story.undo_return),
    *(Story.postpone, Story.draw, Story.sign, Story.cancel, Story.go_remote, Story.withdraw),
)


@pytest.mark.parametrize("seed", range(12))
def test_no_valid_paper_states_a_fact_that_its_mission_contradicts(seed: int) -> None:
    chance = random.Random(seed)
    story = Story(chance)
    story.check()
    for act in chance.choices(ACTS, k=8):
        try:
            act(story)
        except ActionNotAllowed:
            continue  # this state does not allow the act
        finally:
            story.check()
