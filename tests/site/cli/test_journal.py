"""The command `explor journal`: verify, prove, keep a head outside and create the key."""

import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from explor.ground.audit.engine import keys
from explor.ground.audit.models import Block, Entry, Head
from explor.site.cli import main
from support.journal import cut_end, disable_triggers, seal_everything, write

pytestmark = pytest.mark.django_db(transaction=True)
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def in_this_database(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    monkeypatch.setattr("explor.site.cli.journal.framework.database", nullcontext)
    settings.JOURNAL_HEADS = tmp_path / "heads.txt"


def test_the_command_journal_verify_counts_the_lines_and_the_blocks(capsys: Capture) -> None:
    write(3)
    assert main(["journal", "verify"]) == 0
    assert capsys.readouterr().out == "Journal intact : 3 lignes (aucun bloc).\n"
    seal_everything()
    assert main(["journal", "verify"]) == 0
    assert capsys.readouterr().out == "Journal intact : 3 lignes (3 scellées en 1 bloc).\n"
    assert main(["journal", "verify", "--since", "1"]) == 0


def test_the_command_journal_verify_detects_a_cut_journal_from_a_head_kept_outside(
    capsys: Capture, tmp_path: Path
) -> None:
    import random

    write(3)
    seal_everything()
    assert main(["journal", "head"]) == 0
    line = capsys.readouterr().out.strip()
    kept = tmp_path / "heads.txt"
    assert kept.read_text() == f"{line}\n"
    assert main(["journal", "verify", "--head", line]) == 0
    assert main(["journal", "verify", "--head", str(kept)]) == 0
    with transaction.atomic():
        disable_triggers()
        cut_end(random.Random(1), [])
        transaction.on_commit(lambda: None)
    capsys.readouterr()
    left = Block.objects.count()
    assert left == 0
    assert main(["journal", "verify"]) == 0
    assert main(["journal", "verify", "--head", str(kept)]) == 1
    assert "la fin du journal a été coupée" in capsys.readouterr().out
    assert not Head.objects.exists()


def test_the_command_journal_verify_refuses_a_file_or_text_without_head(
    capsys: Capture, tmp_path: Path
) -> None:
    (tmp_path / "rien").write_text("bonjour")
    assert main(["journal", "verify", "--head", str(tmp_path / "rien")]) == 2
    assert main(["journal", "verify", "--head", "explor-head"]) == 2
    capsys.readouterr()


def test_the_journal_commands_write_the_proof_of_a_line_and_check_that_proof(
    capsys: Capture, tmp_path: Path
) -> None:
    write(5)
    entry = Entry.objects.order_by("pk")[3]
    assert main(["journal", "prove", str(entry.pk)]) == 1
    seal_everything()
    capsys.readouterr()
    assert main(["journal", "prove", str(entry.pk)]) == 0
    proof = tmp_path / "proof.json"
    proof.write_text(capsys.readouterr().out)
    assert main(["journal", "verify", "--proof", str(proof)]) == 0
    assert capsys.readouterr().out.startswith(f"Preuve juste : l’empreinte {entry.digest} est à")
    proof.write_text(json.dumps({**json.loads(proof.read_text()), "index": 0}))
    assert main(["journal", "verify", "--proof", str(proof)]) == 1
    assert main(["journal", "prove", "999999999"]) == 2


def test_the_command_journal_key_creates_a_key_once_then_describes_and_replaces_it(
    capsys: Capture, settings: Any, tmp_path: Path
) -> None:
    settings.JOURNAL_SEAL_KEY = tmp_path / "seal" / "key.pem"
    settings.JOURNAL_PUBLIC_KEYS = tmp_path / "public.txt"
    assert main(["journal", "key"]) == 0
    (public,) = keys.public_keys()
    assert public in capsys.readouterr().out
    assert main(["journal", "key"]) == 0
    assert keys.public_keys() == (public,)
    assert main(["journal", "key", "--replace"]) == 0
    assert "mise de côté" in capsys.readouterr().out
    assert len(keys.public_keys()) == 2
