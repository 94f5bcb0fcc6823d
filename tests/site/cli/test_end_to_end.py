"""End-to-end tests of the commands, run as typed, on their own embedded database server."""

import json
import signal
import socket
import subprocess
import urllib.request
from contextlib import closing
from pathlib import Path

import psutil
import psycopg
import pytest

from explor.journey.missions.states import State
from support.place import Place
from support.soak import SOAK


def test_doctor_finds_no_problem_in_a_new_installation(place: Place) -> None:
    assert place.run("doctor") == (0, "Tout va bien.")


def test_invalid_invitations_by_command_are_refused_and_the_journal_stays_valid(
    place: Place,
) -> None:
    assert place.run("users", "invite", "x", "--role", "administration") == (
        2,
        "explor : « x » n’est pas une adresse électronique.",
    )
    assert place.run("users", "invite", "a@b.example", "--role", "pirate:x")[0] == 1
    assert place.run("journal", "verify")[0] == 0


def test_a_backup_is_restored_in_another_installation(
    place: Place, other: Place, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.tar"
    assert place.run("backup", backup)[0] == 0
    assert other.run("restore", backup)[0] == 0
    assert (other.folder / "files" / "note.txt").read_text() == "bonjour"
    assert other.faults() == []
    assert other.run("doctor") == (0, "Tout va bien.")
    assert other.run("restore", backup) == (
        1,
        "explor : La base ou le dossier des fichiers n’est pas vide : rien n’est touché. "
        "Pour les remplacer : explor restore --force",
    )
    assert other.run("restore", "--force", backup)[0] == 0


def test_an_encrypted_backup_is_restored_elsewhere_with_only_its_private_key(
    place: Place, other: Place, tmp_path: Path
) -> None:
    key, backup = tmp_path / "key.txt", tmp_path / "backup.age"
    code, line = place.run("encryption", "identity", key)
    assert code == 0
    assert place.run("backup", backup, "--to", line.partition("=")[2])[0] == 0
    code, line = other.run("restore", backup)
    assert code == 1 and line.endswith(
        "donnez la clé privée d’un destinataire (--identity FICHIER)."
    )
    assert not (other.folder / "files").exists()
    assert other.run("restore", backup, "--identity", key) == (
        0,
        "La clé des documents manque : rapportez-la, ou lancez explor key create.",
    )
    assert (other.folder / "files" / "note.txt").read_text() == "bonjour"
    assert other.faults() == []
    assert other.run("doctor") == (0, "Tout va bien.")


def contents(place: Place) -> set[Path]:
    """Return what a folder holds, without what a command writes at its first need."""
    written = ("encryption", "static", "static.stamp", "styles")
    return {each for each in place.folder.iterdir() if each.name not in written}


@pytest.mark.soak
@pytest.mark.skipif(not SOAK, reason="longue preuve : make soak")
def test_a_rehearsal_restores_a_backup_in_a_separate_database_and_records_the_day(
    place: Place, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.tar"
    assert place.run("backup", backup)[0] == 0
    before = contents(place)
    assert place.run("restore", "--rehearse", backup) == (
        0,
        "Essai réussi : cette sauvegarde se rétablit. Rien n’a changé ici.",
    )
    note = place.folder / "rehearsal.json"
    assert contents(place) == before | {note}
    assert json.loads(note.read_text())["file"] == "backup.tar"
    backup.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])
    assert place.run("restore", "--rehearse", backup)[0] == 1


def test_a_command_fails_when_the_database_is_unreachable(place: Place) -> None:
    away = Place(place.folder)
    away.environment |= {"DATABASE_URL": "postgresql://x@127.0.0.1:1/x"}
    code, _ = away.run("journal", "verify")
    assert code == 1


def test_the_demonstration_serves_the_site_and_leaves_no_process_after_it_stops(
    other: Place,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with subprocess.Popen(
        other.command("demo", "run", "--port", port),
        env=other.environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as run:
        assert run.stdout is not None
        shown = []
        for line in run.stdout:
            shown.append(line.strip())
            if "Ctrl-C" in line:
                break
        assert f"Explor est prêt : http://127.0.0.1:{port}" in shown
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/projets/", timeout=20) as page:
            assert page.status == 200
        with closing(psycopg.connect(other.server.url)) as connection:
            states = connection.execute("SELECT DISTINCT state FROM missions_mission").fetchall()
        assert len(states) >= len(State.values) - 1  # a job may have taken the last one of a state
        family = psutil.Process(run.pid).children(recursive=True)
        run.send_signal(signal.SIGTERM)
        assert run.wait(30) == 0
    assert [process for process in family if process.is_running()] == []
    assert not other.server.is_running()
