"""What the demonstration takes over, and the example files to try the import."""

from typing import Any

import pytest

from explor.ground.ui.export import template_file
from explor.journey.calls.models import Funder
from explor.journey.takeovers import actions
from explor.site.demo import taken_over
from factories import NetworkFactory, officer_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Any:
    return NetworkFactory(slug="resacoop", name="Exemple")


@pytest.mark.parametrize(
    ("faults", "what", "counts"),
    [
        (False, "missions", (5, 0, 0)),
        (True, "missions", (14, 7, 1)),
        (False, "budgets", (12, 0, 0)),
        (True, "budgets", (17, 5, 0)),
    ],
)
def test_the_example_files_show_what_is_made_and_what_is_refused(
    network: Any, run_jobs: Any, faults: bool, what: str, counts: tuple[int, int, int]
) -> None:
    Funder.objects.create(name="Fonjep", slug="fonjep", level="national")
    content = template_file("x", taken_over.example(faults=faults)).content
    by = officer_actor(network)
    kinds = ["missions"] if what == "missions" else ["missions", "budgets"]
    for kind in kinds:
        batch = actions.upload(
            network=network, what=kind, name="explor-exemple.xlsx", content=content, by=by
        )
        actions.read(batch, by=by)
        run_jobs()
        if kind != what:
            actions.make(batch, by=by)
            run_jobs()
    said = batch.lines.counts()
    assert (said["read"], said["refused"], said["duplicates"]) == counts


def test_the_example_files_are_served_in_the_demonstration_alone(
    client: Any, settings: Any
) -> None:
    settings.EXPLOR_DEMO = True
    for name in ("reprise", "reprise-avec-fautes"):
        answer = client.get(f"/demo/{name}.xlsx")
        assert answer["Content-Disposition"].endswith('.xlsx"')
    settings.EXPLOR_DEMO = False
    assert client.get("/demo/reprise.xlsx").status_code == 404
