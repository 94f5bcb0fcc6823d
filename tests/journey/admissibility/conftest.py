"""Fixtures: a need filed with its network, its officer, association and supplements."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.http.sanitize import SanitizedFile
from explor.journey.admissibility import actions
from explor.journey.calls.models import RequestedPaper
from explor.journey.needs.models import Need
from factories import CallFactory, NeedFactory, association_actor, officer_actor

QUESTIONS = ["Est-ce utile ?", "Est-ce sûr ?"]
PDF = SanitizedFile(content=b"%PDF-1.4 exemple", mime="application/pdf")


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def need(db: None) -> Need:
    """Return a need filed just now, on a call with two questions."""
    call = CallFactory(questions=QUESTIONS)
    filed: Need = NeedFactory(network=call.network, call=call, filed=True)
    return filed


@pytest.fixture
def by(need: Need) -> Actor:
    return officer_actor(need.network)


@pytest.fixture
def own(need: Need) -> Actor:
    return association_actor(need.association)


@pytest.fixture
def paper(need: Need) -> RequestedPaper:
    return RequestedPaper.objects.create(call=need.call, label="Statuts", help="Signés")


@pytest.fixture
def answered() -> Callable[..., dict[str, dict[str, str]]]:
    """Return a function that gives the same answer to all the questions."""

    def answers(verdict: str = "yes") -> dict[str, dict[str, str]]:
        return {question: {"verdict": verdict, "remark": ""} for question in QUESTIONS}

    return answers


@pytest.fixture
def ask(need: Need, by: Actor) -> Callable[..., Any]:
    """Return a function that requests changes to the need as its officer."""

    def request(**changes: Any) -> Any:
        soon = timezone.now() + timedelta(days=7)
        default = {"message": "Il manque ceci.", "answer_by": soon, "fields": {}, "papers": {}}
        return actions.request_changes(need, by=by, **{**default, **changes})

    return request
