"""Who looks after the installation, and when a backup is too old."""

from datetime import datetime, timedelta

from explor.ground.http.actor import Actor

BACKUP_AGE = timedelta(hours=48)


def can_administer(actor: Actor) -> bool:
    """Return whether `actor` looks after the installation."""
    return actor.role == "administration"


def can_invite(actor: Actor) -> bool:
    """Return whether `actor` invites to networks, funders, coordination, administration."""
    return can_administer(actor)


def can_withdraw_role(actor: Actor) -> bool:
    """Return whether `actor` takes roles back."""
    return can_administer(actor)


def can_retry_job(actor: Actor) -> bool:
    """Return whether `actor` runs again a job that failed."""
    return can_administer(actor)


def is_stale(last: datetime | None, now: datetime) -> bool:
    """Return whether the last backup, if any, is too old at `now`."""
    return last is None or now - last > BACKUP_AGE
