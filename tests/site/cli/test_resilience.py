"""The site and its jobs survive killed processes, and a frozen, locked or absent database."""

import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field

import psutil
import psycopg
import pytest

from support.place import Place, installed
from support.soak import SOAK, length

PAGES = ("/", "/projets/", "/api/v1/projets", "/sante/pret")
SOON = 2.0  # seconds in which an answer 503 comes
START = 120.0  # seconds for Django to start on a busy machine
CHORE = "administration.remove_old_jobs"
DEFER = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('default', %s, %s)
    RETURNING id
"""


@dataclass
class Site:
    """The web server and the worker of an installation, whose database server runs separately."""

    place: Place
    port: int
    programs: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def start(self, *words: object) -> None:
        environment = self.place.environment | {"DATABASE_URL": self.place.server.url}
        with (self.place.folder / "site.log").open("ab") as log:
            self.programs.append(
                subprocess.Popen(self.place.command(*words), env=environment, stderr=log)
            )

    def get(self, path: str) -> tuple[int, float]:
        """Return the status of a page, 0 without an answer, and the seconds that it took."""
        started = time.monotonic()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as page:
                status = page.status
        except urllib.error.HTTPError as error:
            status = error.code
            assert status != 503 or error.headers["Retry-After"] == "10"
        except OSError:
            status = 0
        return status, time.monotonic() - started

    def descendants(self, program: int) -> list[psutil.Process]:
        return psutil.Process(self.programs[program].pid).children(recursive=True)

    @property
    def database_processes(self) -> list[psutil.Process]:
        number = (self.place.server.data / "postmaster.pid").read_text().split()[0]
        server = psutil.Process(int(number))
        return [server, *server.children()]

    def query(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        with closing(psycopg.connect(self.place.server.url, autocommit=True)) as connection:
            cursor = connection.execute(sql, values)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    def run_job(self, task: str = CHORE, args: str = '{"timestamp": 0}') -> Callable[[], bool]:
        """Queue a job of this task; return a function that says whether it succeeded."""
        (number,) = self.query(DEFER, task, args)[0]
        state = "SELECT status FROM procrastinate_jobs WHERE id = %s"
        return lambda: self.query(state, number) == [("succeeded",)]


def until(condition: Callable[[], bool], limit: float) -> float:
    """Wait for a condition; return the seconds that it took."""
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < limit
        time.sleep(0.1)
    return time.monotonic() - started


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """Return a site of one web process and one worker, both ready, in their own installation."""
    with installed() as place:
        assert place.run("migrate")[0] == 0
        yield from served(place)


def served(place: Place) -> Iterator[Site]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        made = Site(place, free.getsockname()[1])
    place.server.start()
    made.start("serve", "--port", made.port, "--workers", 1)
    made.start("worker")
    try:
        until(lambda: made.get("/projets/")[0] == 200, START)
        until(made.run_job(), START)
        yield made
    finally:
        for program in made.programs:
            program.terminate()
        for program in made.programs:
            program.wait(60)
        place.server.stop()


@contextmanager
def frozen(processes: list[psutil.Process]) -> Iterator[None]:
    for process in processes:
        process.suspend()
    try:
        yield
    finally:
        for process in processes:
            with suppress(psutil.NoSuchProcess):  # one that the others, resumed first, ended
                process.resume()


def require_503_soon(site: Site) -> None:
    """Require that each page answers 503, in time at least once of three on a busy machine."""
    for page in PAGES:
        answers = [site.get(page) for _ in range(3)]
        assert {status for status, _ in answers} == {503}
        assert min(seconds for _, seconds in answers) < SOON


def test_a_killed_web_process_is_started_again(site: Site) -> None:
    killed = site.descendants(0)[-1]
    killed.kill()
    until(lambda: site.get("/projets/")[0] == 200, START)
    assert not killed.is_running()
    assert site.programs[0].poll() is None


def test_a_frozen_database_answers_503_and_the_site_works_again_afterwards(site: Site) -> None:
    assert site.get("/projets/")[0] == 200
    with frozen(site.database_processes):
        require_503_soon(site)
        assert site.get("/sante")[0] == 200
    assert until(lambda: site.get("/projets/")[0] == 200, 30) < 5


def test_a_locked_table_answers_503_and_the_page_works_again_afterwards(site: Site) -> None:
    with closing(psycopg.connect(site.place.server.url)) as connection:
        connection.execute("LOCK TABLE networks_network IN ACCESS EXCLUSIVE MODE")
        answers = [site.get("/") for _ in range(2)]
        assert {status for status, _ in answers} == {503}
        assert min(seconds for _, seconds in answers) < SOON
    assert site.get("/")[0] == 200


def test_the_site_and_its_jobs_work_again_after_the_database_was_killed(site: Site) -> None:
    worker = site.descendants(1)
    for process in site.database_processes:
        process.kill()
    require_503_soon(site)
    time.sleep(2)
    site.place.server.start()
    assert until(lambda: site.get("/projets/")[0] == 200, 30) < 5
    until(site.run_job(), 60)
    assert site.descendants(1) == worker  # it waited, it was not started again


def asked_for(site: Site, seconds: float) -> list[tuple[int, float]]:
    """Ask for each page in turn until these seconds have passed; return statuses and seconds."""
    end, answers = time.monotonic() + seconds, []
    while time.monotonic() < end:
        answers += [site.get(page) for page in PAGES]
        time.sleep(0.2)
    return answers


@pytest.mark.soak
@pytest.mark.skipif(not SOAK, reason="longue preuve : make soak")
def test_a_long_database_outage_only_causes_503_answers_and_loses_no_job(
    site: Site, record_property: Callable[[str, object], None]
) -> None:
    done = site.run_job("open_data.make_all", "{}")
    with frozen(site.database_processes):
        cold = asked_for(site, length(5, 45))
    thawed = until(lambda: site.get("/projets/")[0] == 200, 30)
    for process in site.database_processes:
        process.kill()
    gone = asked_for(site, length(5, 30))
    site.place.server.start()
    returned = until(lambda: site.get("/projets/")[0] == 200, 30)
    until(done, 120)
    assert {status for status, _ in cold + gone} == {503}
    assert max(thawed, returned) < 5
    record_property(
        "figure",
        f"database frozen {length(5, 45)} s then away {length(5, 30)} s:"
        f" {len(cold) + len(gone)} answers, all 503, the slowest in"
        f" {max(seconds for _, seconds in cold + gone):.2f} s;"
        f" back in {thawed:.1f} s and {returned:.1f} s, 0 job lost",
    )


def test_a_killed_worker_is_started_again_and_runs_the_jobs(site: Site) -> None:
    site.descendants(1)[0].kill()
    until(site.run_job(), START)


@pytest.mark.soak
@pytest.mark.skipif(not SOAK, reason="longue preuve : make soak")
def test_the_job_of_a_killed_worker_is_queued_again_within_two_minutes(site: Site) -> None:
    with closing(psycopg.connect(site.place.server.url)) as connection:
        connection.execute("LOCK TABLE open_data_dataset IN ACCESS EXCLUSIVE MODE")
        done = site.run_job("open_data.make_all", "{}")
        running = "SELECT 1 FROM procrastinate_jobs WHERE status = 'doing' AND task_name = %s"
        until(lambda: site.query(running, "open_data.make_all") != [], 60)
        site.descendants(1)[0].kill()
    until(done, START + 120)
