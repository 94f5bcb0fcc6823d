"""Fixtures for the tests of the committee of a call for projects."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from explor.ground.files.engine.sealing import SealedPdf
from explor.ground.ui.pdf import French
from explor.journey.calls.models import Call
from explor.journey.committees.models import CommitteeMember
from explor.journey.decisions.models import Decision
from explor.journey.needs.models import Need
from factories import (
    AssociationFactory,
    CallFactory,
    CommitteeMemberFactory,
    DecisionFactory,
    NeedFactory,
    PersonFactory,
)


@dataclass(frozen=True)
class Committee:
    """A call with three needs to decide, from three associations, and a committee of three."""

    call: Call
    needs: list[Need]
    chair: CommitteeMember
    members: list[CommitteeMember]

    def decision(self, place: int = 0) -> Decision:
        return Decision.objects.get(need=self.needs[place])


@pytest.fixture
def committee(db: None, settings: Any) -> Committee:
    settings.EXPLOR_DEMO = True  # browser sessions whose second factor is tested elsewhere
    call = CallFactory(quorum=1)
    needs = [
        NeedFactory(
            title=f"Dossier {name}",
            call=call,
            network=call.network,
            association=AssociationFactory(name=f"Les Amis de {name}", network=call.network),
            state="admissible",
        )
        for name in ("Tsévié", "Dosso", "Koumra")
    ]
    for need in needs:
        DecisionFactory(
            need=need, state="to_decide", verdict="", decided_at=None, announced_at=None
        )
    chair, *members = (
        CommitteeMemberFactory(call=call, person=PersonFactory(name=name), chair=not at)
        for at, name in enumerate(("Aline Préside", "Bruno Siège", "Chloé Siège"))
    )
    return Committee(call, needs, chair, members)


@pytest.fixture
def drawn_as_data(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> Iterator[None]:
    """Store minutes as JSON instead of PDF, to save the time of rendering thousands of files."""

    def render(template: str, data: Any, *, title: str, at: Any) -> bytes:
        return json.dumps({**data, "title": title}, cls=French).encode()

    monkeypatch.setattr("explor.ground.files.actions.render", render)
    monkeypatch.setattr(
        "explor.ground.files.actions.seal_pdf",
        lambda content, *, at: SealedPdf(content=content, certificate=""),
    )
    monkeypatch.setattr("explor.ground.files.actions.proof", lambda code, url: {"code": code})
    settings.MEDIA_ROOT = tmp_path
    yield
