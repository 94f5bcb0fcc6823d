"""Who looks after the installation; when a backup is too old, when a worker is silent."""

from datetime import datetime, timedelta

from explor.ground.http.actor import Actor

BACKUP_AGE = timedelta(hours=48)
SILENCE = timedelta(minutes=2)  # a worker says that it is alive every ten seconds


def can_administer(actor: Actor) -> bool:
    """Return whether `actor` looks after the installation."""
    return actor.role == "administration"


def can_invite(actor: Actor) -> bool:
    """Return whether `actor` invites to networks, funders, coordination, administration."""
    return can_administer(actor)


def can_withdraw_invitation(actor: Actor) -> bool:
    """Return whether `actor` withdraws invitations that nobody accepted."""
    return can_administer(actor)


def can_withdraw_role(actor: Actor) -> bool:
    """Return whether `actor` withdraws roles."""
    return can_administer(actor)


def can_retry_job(actor: Actor) -> bool:
    """Return whether `actor` runs again a job that failed."""
    return can_administer(actor)


def is_stale(last: datetime | None, now: datetime) -> bool:
    """Return whether the last backup, if any, is too old at `now`."""
    return last is None or now - last > BACKUP_AGE


def is_silent(last: datetime | None, now: datetime) -> bool:
    """Return whether no worker was alive lately; `last` is the last sign of life of any."""
    return last is None or now - last > SILENCE
