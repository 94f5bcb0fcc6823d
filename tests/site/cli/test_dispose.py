"""`explor network dispose` prepares the list of the old papers of a public body."""

import pytest

from explor.journey.archives.models import Disposal
from explor.site.cli import main
from factories import NetworkFactory
from support.purges import old_mission

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_this_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use the connection of the test, whose transaction the command would close."""
    from contextlib import nullcontext

    monkeypatch.setattr("explor.site.cli.network.framework.database", nullcontext)


def test_the_dispose_command_prepares_a_list_for_a_public_body_only(
    capsys: pytest.CaptureFixture[str], settings: object
) -> None:
    mission = old_mission()
    network = mission.network
    assert main(["network", "dispose", "absent"]) == 2
    assert "aucun réseau n’a l’identifiant" in capsys.readouterr().err
    assert main(["network", "dispose", NetworkFactory().slug]) == 1
    assert "n’est pas un organisme public" in capsys.readouterr().err
    type(network).objects.update(public_body=True)
    type(mission).objects.update(
        start="2010-01-01", end="2010-01-09", departed_on=None, returned_on=None, ended_on=None
    )
    assert main(["network", "dispose", network.slug]) == 0
    assert Disposal.objects.get().file_number in capsys.readouterr().out
