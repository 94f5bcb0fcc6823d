"""Random requests generated from the OpenAPI description get the responses it describes."""

import os
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings

from explor.site.config.wsgi import application
from factories import DecisionFactory, SheetFactory
from support.soak import length

# `EXPLOR_EXAMPLES=850 pytest tests/public/api/test_generated.py` sends over 5,000 requests.
EXAMPLES = int(os.environ.get("EXPLOR_EXAMPLES") or length(12, 850))
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
    """Keep the database connection open between two requests, as Django's test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.soak
@pytest.mark.django_db
@pytest.mark.usefixtures("same_connection")
@pytest.mark.parametrize("path", CALLS)
def test_any_generated_api_request_gets_a_response_that_matches_the_description(path: str) -> None:
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
