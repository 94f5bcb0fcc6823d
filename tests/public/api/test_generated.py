"""Calls drawn by chance from the description: no failure, and answers as they are described."""

import os
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings

from explor.site.config.wsgi import application
from factories import DecisionFactory, SheetFactory

# `EXPLOR_EXAMPLES=850 pytest tests/public/api/test_generated.py` draws over five thousand calls.
EXAMPLES = int(os.environ.get("EXPLOR_EXAMPLES", "25"))
CALLS = (
    "/projets",
    "/projets/{slug}",
    "/missions",
    "/organisations",
    "/reseaux",
    "/chiffres",
    "/referentiels/{nom}",
)


@pytest.fixture
def same_connection() -> Iterator[None]:
    """Between two requests the database of the test stays open, as Django's own client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.usefixtures("same_connection")
@pytest.mark.parametrize("path", CALLS)
def test_any_call_is_answered_as_described(path: str) -> None:
    SheetFactory(slug="un-grenier")
    DecisionFactory(state="announced", verdict="favourable")
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    operation = schema[f"/api/v1{path}"]["GET"]
    called = []

    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    def call(case: schemathesis.Case) -> None:
        called.append(case)
        case.call_and_validate(headers={"Accept-Encoding": "identity"})

    call()
    assert called
