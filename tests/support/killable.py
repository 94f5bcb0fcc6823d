"""Processes that act and send messages until they are killed: `python -m support.killable`.

Each line of the standard input is a command: a name of `BEHAVIOURS` or `ACTS`, then a name of
`KILL_POINTS` or nothing. The command forks a process that runs this behaviour on its own database
connection; its process number is printed.
"""

import os
import random
import signal
import smtplib
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

import django
from django.urls import get_resolver

# Loaded once before the processes are forked, so that these act at once.
NEEDED = (
    "factories", "support.jobs", "explor.ground.mail.actions", "explor.journey.needs.actions",
    "explor.journey.admissibility.actions",
)  # fmt: skip


def main() -> None:
    """Fork a process for each command; the parent has no connection and waits for no child."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "explor.site.config.settings")
    django.setup()
    for name in NEEDED:
        import_module(name)
    _ = get_resolver().reverse_dict  # loads every page
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        name, _, moment = line.strip().partition(" ")
        number = os.fork()
        if number == 0:
            run(name, moment)
            os._exit(0)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


def run(name: str, moment: str) -> None:
    """Run the behaviour or the action `name`, which kills its process at `moment`, if any."""
    if name in BEHAVIOURS:
        return BEHAVIOURS[name](moment)
    need = _filed() if name != "submit" else _draft()
    if moment:
        KILL_POINTS[moment]()
    return ACTS[name](need)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def act_endlessly(moment: str) -> None:
    """Submit needs endlessly, and end each need with a random action."""
    dice = random.Random()
    while True:
        need = _draft()
        ACTS["submit"](need)
        ACTS[dice.choice([name for name in ACTS if name != "submit"])](need)


def send_endlessly(moment: str) -> None:
    """Run the jobs endlessly, and sometimes send the digests."""
    if moment:
        KILL_POINTS[moment]()
    dice = random.Random()
    while True:
        if not _run_next_job():
            time.sleep(0.01)
        if dice.random() < 0.05:
            _send_digests()


def send_all(moment: str) -> None:
    """Run all jobs, send the digests, and stop."""
    while _run_next_job():
        pass
    _send_digests()


def rotate(keys: str) -> None:
    """Encrypt every value again with the first of these keys, slowly."""
    from django.conf import settings

    from explor.ground.encryption.rotation import rotate

    settings.ENCRYPTION_KEYS = keys
    rotate(size=5, done=lambda count: time.sleep(0.005))


def _run_next_job() -> bool:
    from support.jobs import finish_job, next_job, run_job

    if not (job := next_job()):
        return False
    run_job(job)
    finish_job(job)
    return True


def _send_digests() -> None:
    from explor.ground.mail.actions import send_digests

    send_digests()


def _draft() -> Any:
    from explor.journey.calls.models import Call
    from explor.journey.needs.models import Need
    from factories import NeedFactory

    call = Call.objects.select_related("network").latest("pk")
    common = Need.objects.filter(call=call).earliest("pk")
    made = NeedFactory(
        call=call, network=call.network, association=common.association,
        project=common.project, partner=common.partner,
    )  # fmt: skip
    return Need.objects.get(pk=made.pk)


def _filed() -> Any:
    need = _draft()
    ACTS["submit"](need)
    return need


def _by(need: Any, role: str) -> Any:
    from factories import association_actor, officer_actor

    return officer_actor(need.network) if role == "reseau" else association_actor(need.association)


def _submit(need: Any) -> None:
    from explor.journey.needs import actions

    actions.submit(need, by=_by(need, "association"))


def _withdraw(need: Any) -> None:
    from explor.journey.needs import actions

    actions.withdraw(need, by=_by(need, "association"), reason="Le partenaire renonce.")


def _accept(need: Any) -> None:
    from explor.journey.admissibility import actions

    actions.accept(need, by=_by(need, "reseau"))


def _reject(need: Any) -> None:
    from explor.journey.admissibility import actions

    actions.reject(need, by=_by(need, "reseau"), ground="rules", words="Hors de l’appel.")


def _request_changes(need: Any) -> None:
    from django.utils import timezone

    from explor.journey.admissibility import actions

    actions.request_changes(
        need, by=_by(need, "reseau"), message="Dites les dates.", fields={"days": "Combien ?"},
        papers={}, answer_by=timezone.now() + timedelta(days=7),
    )  # fmt: skip


def _before_commit() -> None:
    from django.db import connection

    connection._commit = die  # type: ignore[attr-defined]


def _after_commit() -> None:
    from django.db import connection

    commit = connection._commit  # type: ignore[attr-defined]
    connection._commit = lambda: (commit(), die())  # type: ignore[attr-defined]


def _after_250() -> None:
    data = smtplib.SMTP.data

    def last(*args: Any) -> Any:
        data(*args)
        die()

    smtplib.SMTP.data = last  # type: ignore[assignment, method-assign]


ACTS: dict[str, Callable[[Any], None]] = {
    "submit": _submit,
    "withdraw": _withdraw,
    "accept": _accept,
    "reject": _reject,
    "request_changes": _request_changes,
}
BEHAVIOURS: dict[str, Callable[[str], None]] = {
    "act": act_endlessly,
    "send": send_endlessly,
    "send_all": send_all,
    "rotate": rotate,
}
KILL_POINTS: dict[str, Callable[[], None]] = {
    "before_commit": _before_commit,
    "after_commit": _after_commit,
    "after_250": _after_250,
}

if __name__ == "__main__":
    main()
