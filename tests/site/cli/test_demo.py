"""The commands of the demonstration never change a database with real data."""

from contextlib import nullcontext
from typing import Any

import pytest

from explor.ground.accounts.models import Person
from explor.site.cli import demo, framework, main
from explor.site.demo import season
from factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def database_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLOR_DEMO", "1")
    for name in ("database", "any_database"):
        monkeypatch.setattr(framework, name, nullcontext)
    monkeypatch.setattr(demo, "bring_up", lambda **given: pytest.fail("it goes on"))


@pytest.mark.parametrize("words", [["load"], ["reset"], ["run", "--port", "8122"]])
def test_a_demonstration_is_refused_on_a_database_that_has_real_accounts(
    words: list[str], settings: Any, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.VAR = tmp_path
    PersonFactory()
    assert main(["demo", *words]) == 1
    assert "rien n’est touché" in capsys.readouterr().err
    assert Person.objects.count() == 1


def test_a_demonstration_can_be_loaded_again_on_its_own_database(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    PersonFactory(email=season.ACCOUNTS[0][1])
    done = []
    monkeypatch.setattr(season, "reset", lambda: done.append("reset"))
    assert main(["demo", "reset"]) == 0
    assert done == ["reset"]
