"""`explor purge` erases what is past its term, or only counts it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from explor.ground.http.models import IdempotencyKey
from explor.site.cli import main

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_this_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use the connection of the test, whose transaction the command would close."""
    from contextlib import nullcontext

    monkeypatch.setattr("explor.site.cli.purge.framework.database", nullcontext)


def test_the_purge_command_counts_the_due_rows_by_label_then_erases_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    IdempotencyKey.objects.create(at=timezone.now() - timedelta(days=8))
    assert main(["purge", "--dry-run"]) == 0
    assert capsys.readouterr().out == "À effacer, sans rien écrire :\n  clés de formulaires : 1\n"
    assert IdempotencyKey.objects.count() == 1
    assert main(["purge"]) == 0
    assert capsys.readouterr().out == "Effacé :\n  clés de formulaires : 1\n"
    assert IdempotencyKey.objects.count() == 0
    assert main(["purge"]) == 0
    assert capsys.readouterr().out == "Rien n’est arrivé à son terme.\n"
