"""Commands print one sentence when the database is unreachable, empty or lacks migrations."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from explor.site.cli import COMMANDS, main

SHEET = "fiche.md"
# Every command that queries or changes the database, as typed.
WORDS = [
    ["serve"],
    ["worker", "--alone"],
    ["demo", "load"],
    ["demo", "reset"],
    ["users", "invite", "awa@exemple.test", "--role", "reseau:resacoop"],
    ["network", "add", "Alizés", "--slug", "alizes", "--region", "84", "--departments", "03"],
    ["network", "list"],
    ["funder", "add", "Fonjep", "--slug", "fonjep"],
    ["funder", "list"],
    ["encryption", "rotate"],
    ["journal", "verify"],
    ["mail", "bounce", SHEET],
    ["purge", "--dry-run"],
    ["sheet", "import", SHEET],
    ["sheet", "export", "puits", "--format", "md"],
    ["export", "sheets", "--format", "csv", "--out", "-"],
    ["export", "needs", "--format", "csv", "--out", "-"],
    ["export", "organisations", "--format", "csv", "--out", "-"],
    ["export", "iati", "--out", "-"],
    ["export", "subventions", "--out", "-"],
    ["export", "engagement", "--out", "-"],
]
BACKUP = ["backup", "sauvegarde.explor"]
# These commands work on any database, or without one.
OTHERS = {"migrate", "doctor", "restore", "backup", "iati", "key", "match"}


def named(words: list[str]) -> str:
    return " ".join(words[:2])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / SHEET).write_text("# Des puits\n")
    return tmp_path


@pytest.fixture
def elsewhere(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    monkeypatch: pytest.MonkeyPatch,
    settings: object,
) -> Iterator[pytest.MonkeyPatch]:
    """Let a test connect this process to another database; restore the connection after it."""
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("EXPLOR_DEMO", "1")
    with django_db_blocker.unblock():
        connection.close()
        yield monkeypatch
        connection.close()


@pytest.fixture
def empty(elsewhere: pytest.MonkeyPatch) -> Iterator[str]:
    """Return the name of a database without any table."""
    name = f"{connection.settings_dict['NAME']}_cli"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    connection.close()
    with elsewhere.context() as change:
        change.setitem(connection.settings_dict, "NAME", name)
        yield name
        connection.close()
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def older(empty: str) -> str:
    """Return the name of a database where only one migration is applied."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE django_migrations (id bigint, app text, name text, applied timestamptz)"
        )
        cursor.execute(
            "INSERT INTO django_migrations VALUES (1, 'contenttypes', '0001_initial', now())"
        )
    connection.close()
    return empty


@pytest.fixture
def away(elsewhere: pytest.MonkeyPatch) -> None:
    """Use the address of a server that does not respond."""
    elsewhere.setitem(connection.settings_dict, "HOST", "127.0.0.1")
    elsewhere.setitem(connection.settings_dict, "PORT", "1")


def sentence(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command that fails; check that it prints one line on standard error, and return it."""
    # A mail server keeps the notification, and gives it again later (EX_TEMPFAIL).
    assert main(words) == (75 if words[:2] == ["mail", "bounce"] else 1)
    said = capsys.readouterr()
    assert said.out == ""
    (line,) = said.err.splitlines()
    return line


def test_every_command_is_in_the_tested_list_or_in_the_list_without_a_database() -> None:
    assert {words[0] for words in WORDS} | OTHERS == set(COMMANDS)


@pytest.mark.parametrize("words", [*WORDS, BACKUP], ids=named)
def test_a_command_on_an_empty_database_prints_one_sentence_saying_to_migrate(
    words: list[str], empty: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = sentence(words, capsys)
    assert said == "explor : La base de données est vide. Tapez : explor migrate"


@pytest.mark.parametrize("words", WORDS, ids=named)
def test_a_command_on_a_database_without_all_migrations_prints_one_sentence(
    words: list[str], older: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = sentence(words, capsys)
    assert said.startswith("explor : La base de données est plus ancienne que cette version")
    assert said.endswith("Tapez : explor migrate")


# The worker waits for a server that does not respond.
IMPATIENT = [words for words in WORDS if words[0] != "worker"]


@pytest.mark.parametrize("words", [*IMPATIENT, BACKUP, ["migrate"], ["restore", SHEET]], ids=named)
def test_a_command_that_cannot_reach_the_server_prints_one_sentence(
    words: list[str], away: None, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = sentence(words, capsys)
    assert said.startswith("explor : La base de données ne répond pas (")
    assert said.endswith("Démarrez PostgreSQL ou corrigez DATABASE_URL, puis tapez : explor doctor")


def test_a_command_on_a_database_that_does_not_exist_prints_one_sentence(
    elsewhere: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere.setitem(connection.settings_dict, "NAME", "jamais_faite")
    said = sentence(["journal", "verify"], capsys)
    assert said.startswith("explor : La base de données nommée par DATABASE_URL n’existe pas.")


@pytest.mark.parametrize("situation", ["empty", "older", "away"])
def test_the_doctor_command_reports_the_problem_of_any_database(
    situation: str, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    request.getfixturevalue(situation)
    assert main(["doctor"]) == 1
    said = capsys.readouterr()
    assert ("explor migrate" in said.out) is (situation != "away")
    assert ("base de données" in said.out) is (situation == "away")
    assert said.err == ""


def test_the_explor_command_without_a_database_prints_one_line_and_no_traceback(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://127.0.0.1:1/explor")
    done = subprocess.run(
        [sys.executable, "-m", "explor.site.cli", "journal", "verify"],
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr
