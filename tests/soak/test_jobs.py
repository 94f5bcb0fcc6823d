"""Every job, run twice in sequence then twice concurrently: the second run changes nothing."""

import inspect
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.utils import timezone
from procrastinate.contrib.django import app
from trust.forms import rows_of_tables
from trust.world import side

from explor.actors.experts.models import Expert
from explor.actors.networks.models import Network
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail import actions
from explor.ground.mail.models import Message
from explor.ground.rights.models import Copy, ErasureRequest
from explor.ground.travel_advice.models import Advice
from explor.journey.decisions.models import Decision
from explor.journey.missions.models import Mission
from explor.journey.needs.models import Need
from explor.journey.planning.models import Scenario
from explor.journey.proposals.models import Proposal
from explor.journey.releases.models import Release
from explor.journey.sheets.models import SheetImport
from factories import PersonFactory
from support.soak import length

pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]
LATER = timedelta(days=40)  # so that what is due is due
# The rows that a job is about, by the name of its argument, or by its own name.
ROWS: dict[str, type[Model]] = {
    "copy": Copy, "scenario": Scenario, "network": Network, "message": Message,
    "batch": SheetImport, "request": ErasureRequest,
    "decisions.open_decision": Need, "missions.open_mission": Release,
    "missions.note_agreement": Release, "missions.follow_end": Release,
    "missions.follow_employer": Release,
    "missions.follow_reading": Advice, "planning.expert_changed": Expert,
    "planning.proposal_changed": Proposal, "planning.decision_announced": Decision,
    "planning.advice_read": Advice, "releases.open_release": Proposal,
    "releases.draw_amendment": Release, "releases.draw_signed_copy": Release,
    "releases.follow_loss": Proposal, "reports.open_report": Mission,
    "reports.follow_undo": Mission, "open_data.follow": Need,
    "indicators.follow": Mission, "equity.consent_withdrawn": Expert,
    "sheets.follow_mission": Mission,
}  # fmt: skip
# What a job may write at each run (what it did), and write anew (figures, with their moment).
NOTED = {"privacy_purgereport", "audit_head"}
ANEW = {"indicators_tally", "planning_recruitmentneeds"}
REFUSALS = (ActionNotAllowed, PermissionDenied)


def jobs() -> Iterator[tuple[str, Callable[[], str]]]:
    """Yield each job of Explor with each row that it may be about, as a function of no argument."""
    for name, task in sorted(app.tasks.items()):
        if "explor" not in task.func.__module__:
            continue
        for given in arguments(name, task.func):
            yield f"{name} {given}", lambda run=task.func, given=given: ended(run, given)


def arguments(name: str, function: Callable[..., Any]) -> list[dict[str, Any]]:
    names = [each for each in inspect.signature(function).parameters if each != "kind"]
    kind = {"kind": "sheet_import"} if "kind" in inspect.signature(function).parameters else {}
    if not names:
        return [{}]
    if names == ["timestamp"]:
        return [{"timestamp": int(timezone.now().timestamp())}]
    model = ROWS.get(name) or ROWS[names[0]]
    keys = model._default_manager.order_by("pk").values_list("pk", flat=True)[:4]
    return [{names[0]: key, **kind} for key in keys]


def ended(run: Callable[..., Any], given: dict[str, Any]) -> str:
    """Run a job; return the refusal that ended it, "" without any."""
    try:
        with transaction.atomic():
            run(**given)
    except REFUSALS as refusal:
        return str(refusal)
    return ""


def content() -> dict[str, str]:
    """Return a digest of the rows of each table; none of what the library of jobs keeps."""
    sql = " UNION ALL ".join(
        f"SELECT '{table}', coalesce(md5(string_agg(r::text, chr(10) ORDER BY r::text)), '')"
        f' FROM "{table}" AS r'
        for table in rows_of_tables()
        if table not in NOTED | ANEW
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return dict(cursor.fetchall())


def counts() -> dict[str, int]:
    """Return the number of rows of each table, of messages sent, and of jobs deferred."""
    rows = {name: count for name, count in rows_of_tables().items() if name not in NOTED}
    return {**rows, "sent": len(mail.outbox)}


def in_turn(name: str, job: Callable[[], str]) -> tuple[bool, dict[str, int], list[str]]:
    """Run a job twice, then undo it; return whether it acted, the rows after one, the faults."""
    with transaction.atomic():
        before, sent = content(), len(mail.outbox)
        job()
        once, rows = content(), counts()
        job()
        twice = content()
        faults = [f"{name} twice: {table}" for table in once if once[table] != twice[table]]
        if len(mail.outbox) != rows["sent"]:
            faults.append(f"{name} twice: {len(mail.outbox)} messages for {rows['sent']}")
        transaction.set_rollback(True)
    del mail.outbox[sent:]
    return before != once, rows, faults


def at_once(name: str, job: Callable[[], str], expected: dict[str, int]) -> list[str]:
    """Run a job twice at once; return what differs from one run."""
    start = Barrier(2)

    def run(_: int) -> str:
        start.wait()
        try:
            job()
        except DatabaseError as error:
            return f"{name} at once: {error}"
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        errors = [each for each in pool.map(run, range(2)) if each]
    made = counts()
    return errors + [
        f"{name} at once: {table} {made[table]}, not {expected[table]}"
        for table in made
        if made[table] != expected[table]
    ]


def test_a_job_run_twice_or_by_two_workers_at_once_acts_only_once(
    record_property: Callable[[str, object], None], unlogged: None
) -> None:
    own = side("Amont")
    actions.notify(to="a@exemple.test", kind="needs.submit", subject="Reçu", body="Bonjour")
    Copy.objects.create(person=own.people["expert"])
    ErasureRequest.objects.create(person=PersonFactory())
    with time_machine.travel(timezone.now() + LATER):
        every = list(jobs())
        names = {name.partition(" ")[0] for name, _ in every}
        random.Random(20261130).shuffle(every)
        every = every[: length(15, len(every))]
        faults, acted = [], 0
        for name, job in every:
            did, rows, wrong = in_turn(name, job)
            acted += did
            faults += wrong + at_once(name, job, rows)
    assert faults == []
    assert len(names) > 40
    record_property(
        "figure",
        f"{len(every)} runs of {len(names)} jobs, {acted} of which acted:"
        " the same rows after two in turn, and after two at once",
    )
