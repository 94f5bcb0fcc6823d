"""The embedded server starts after any kind of stop, and leaves nothing behind."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import psutil
import psycopg
import pytest

from explor.site.administration.selectors import upkeep
from explor.site.config import postgres, unprivileged
from explor.site.config.postgres import PostgresError, Server

FAST = ("fsync=off",)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path / "Élan & co" / "postgres", FAST)
    yield made
    made.destroy()


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("lasting") / "postgres", FAST)
    made.start()
    yield made
    made.destroy()


def value(server: Server, query: str) -> object:
    with psycopg.connect(server.url) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def postmaster(server: Server) -> psutil.Process:
    return psutil.Process(int((server.data / "postmaster.pid").read_text().split()[0]))


def wait(until: Callable[[], bool]) -> None:
    limit = time.monotonic() + 20
    while not until():
        assert time.monotonic() < limit
        time.sleep(0.05)


def test_a_stopped_postgresql_server_can_be_started_again(server: Server) -> None:
    assert not server.is_running()
    assert server.start()
    assert server.is_running()
    assert value(server, "SELECT upper('é')") == "É"
    server.stop()
    assert not server.is_running()
    assert server.start()


def test_the_embedded_database_server_listens_on_a_private_socket_and_no_port(
    lasting: Server,
) -> None:
    assert value(lasting, "SHOW listen_addresses") == ""
    assert stat.S_IMODE(lasting.sockets.stat().st_mode) == 0o700
    assert len(str(lasting.sockets / ".s.PGSQL.5432")) < 107
    assert not postmaster(lasting).net_connections("inet")


def test_the_url_of_the_embedded_database_server_is_known_before_the_server_starts(
    tmp_path: Path, lasting: Server
) -> None:
    assert Server(lasting.data).url == lasting.url
    assert Server(tmp_path / "a").url != Server(tmp_path / "b").url


def test_starting_a_running_embedded_database_server_does_nothing(lasting: Server) -> None:
    before = postmaster(lasting).pid
    assert not Server(lasting.data).start()
    assert postmaster(lasting).pid == before


def test_leaving_the_context_of_a_database_server_started_elsewhere_does_not_stop_it(
    lasting: Server,
) -> None:
    with Server(lasting.data).running():
        pass
    assert lasting.is_running()


def test_the_embedded_database_server_does_not_run_as_root(lasting: Server) -> None:
    assert postmaster(lasting).uids().effective == unprivileged.uid_of(unprivileged.user()) != 0


def test_a_killed_postgresql_server_starts_again_with_its_data(server: Server) -> None:
    server.start()
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    process = postmaster(server)
    process.kill()
    wait(lambda: not server.is_running())
    assert (server.data / "postmaster.pid").exists()
    assert server.start()
    assert value(server, "SELECT answer FROM kept") == 42


def test_a_database_server_starts_despite_a_stale_lock_with_a_reused_process_number(
    server: Server,
) -> None:
    server.start()
    lines = (server.data / "postmaster.pid").read_text().splitlines()
    server.stop()
    lines[0] = str(os.getpid())
    mark = server.data / "postmaster.pid"
    mark.write_text("\n".join(lines) + "\n")
    (server.sockets / ".s.PGSQL.5432.lock").write_text(mark.read_text())
    assert not server.is_running()
    assert server.start()


def test_the_embedded_database_server_stops_when_its_parent_process_is_killed(
    server: Server,
) -> None:
    code = f"""
import pathlib, time
from explor.site.config.postgres import Server
Server(pathlib.Path({str(server.data)!r}), {FAST!r}).start()
print("started", flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == b"started\n"
        owner.send_signal(signal.SIGKILL)
    wait(lambda: not server.is_running())
    assert server.start()


def test_a_database_cluster_left_unfinished_is_created_again(server: Server) -> None:
    draft = server.data.with_name("postgres.new")
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n")
    assert server.start()


def test_destroying_the_embedded_database_server_deletes_its_folders(tmp_path: Path) -> None:
    server = Server(tmp_path / "postgres", FAST)
    server.start()
    sockets = server.sockets
    server.destroy()
    assert not server.data.exists()
    assert not sockets.exists()


def test_starting_on_a_damaged_database_cluster_is_refused_with_the_reason(server: Server) -> None:
    server.start()
    server.stop()
    (server.data / "global" / "pg_control").write_bytes(b"")
    with pytest.raises(PostgresError, match="ne démarre pas"):
        server.start()


def test_starting_on_a_data_folder_of_another_user_is_refused(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    trap.symlink_to(tmp_path)
    with pytest.raises(unprivileged.AccountError, match="pas à nous"):
        unprivileged.private_folder(trap, unprivileged.user())


def test_stopping_a_database_server_whose_folder_was_deleted_takes_at_most_ten_seconds(
    tmp_path: Path,
) -> None:
    server = Server(tmp_path / "postgres", FAST)
    server.start()
    shutil.rmtree(server.data)
    started = time.monotonic()
    server.stop()
    assert time.monotonic() - started < 10


def test_a_new_cluster_knows_the_letters_and_the_punctuation_of_french(lasting: Server) -> None:
    with psycopg.connect(lasting.url) as connection:
        row = connection.execute(upkeep.COLLATION).fetchone()
    assert row == ("UTF8", "C.UTF-8", "C.UTF-8", True, True, True)
    assert upkeep.language(*row).fine


def test_a_system_without_the_preferred_ctype_creates_its_cluster_with_the_next_one(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "CTYPES", ("xx_XX.UTF-8", "C"))
    server.start()
    query = "SELECT datctype FROM pg_database WHERE datname = 'explor'"
    assert value(server, query) == "C"


TEXT = "« Forage » d’eau – l’École, œuvre\u00a0: agro-écologie ; Γη"
NAMES = ("Zoé", "Étienne", "Emma", "École d’été", "Ecole", "œuvre", "Omer", "oxfam")


def french(url: str) -> dict[str, object]:
    """Return what a database makes of French words and names, by our own SQL functions."""
    functions = import_module("explor.ground.http.migrations.0003_french").FUNCTIONS
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION unaccent")
        connection.execute(functions)
        words = connection.execute(
            "SELECT french_words(%s), to_tsvector('french', french_words(%s))::text", [TEXT, TEXT]
        )
        names = connection.execute(
            "SELECT name FROM unnest(%s::text[]) AS name ORDER BY french_key(name)", [list(NAMES)]
        )
        return {"words": words.fetchone(), "names": [name for (name,) in names]}


def test_a_cluster_of_a_former_release_indexes_and_sorts_french_like_a_new_one(
    lasting: Server,
) -> None:
    maintenance = lasting.url.removesuffix("explor") + "postgres"
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute("CREATE DATABASE former TEMPLATE template0 LC_CTYPE 'C'")
    former = lasting.url.removesuffix("explor") + "former"
    with psycopg.connect(former) as connection:
        row = connection.execute(upkeep.COLLATION).fetchone()
    assert row == ("UTF8", "C.UTF-8", "C", True, True, False)
    finding = upkeep.language(*row)
    assert (finding.fine, finding.matters) == (False, False)
    assert "docs/operations.md" in finding.fix
    ours = french(lasting.url)
    assert ours["names"] == [
        *("Ecole", "École d’été", "Emma", "Étienne", "œuvre", "Omer", "oxfam", "Zoé"),
    ]
    assert french(former) == ours
