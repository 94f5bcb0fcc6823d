"""A mission on its third day, with its expert, an officer of its network and their browsers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from explor.ground.http.actor import Actor
from explor.journey.mission_book import actions
from explor.journey.mission_book.models import Device, DiaryEntry
from explor.journey.missions.models import Mission
from factories import MissionFactory, expert_actor, officer_actor
from support.missions import on


@dataclass
class Trip:
    """A mission on its third day of ten, its people, and what they can do in it."""

    mission: Mission
    session_of: Callable[[Actor], Client]

    @property
    def expert(self) -> Actor:
        return expert_actor(self.mission.expert)

    @property
    def officer(self) -> Actor:
        return officer_actor(self.mission.network)

    @property
    def url(self) -> str:
        return f"/expert/missions/{self.mission.pk}/carnet/"

    def note(self, days: int = 0, **answers: str) -> DiaryEntry:
        """Write the entry of the day that is `days` after today."""
        given = answers or {"done": "Relevé de l’eau."}
        return actions.write_entry(self.mission, by=self.expert, day=on(days), **given)

    def keep(self) -> tuple[Device, str]:
        """Return a device that keeps the book, and its key."""
        return actions.keep_book(self.mission, by=self.expert, label="Chrome sous Android")


@pytest.fixture
def trip(db: None, session_of: Any) -> Trip:
    mission = MissionFactory(state="away", start=on(-2), end=on(7), departed_on=on(-2))
    return Trip(mission, session_of)
