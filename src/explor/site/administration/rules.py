"""Permissions of administrators, and the maximum ages of the last backup and heartbeat."""

from datetime import datetime, timedelta

from explor.ground.http.actor import Actor

BACKUP_AGE = timedelta(hours=48)
SILENCE = timedelta(minutes=2)  # a worker records a heartbeat every ten seconds


def can_administer(actor: Actor) -> bool:
    """Return whether `actor` is an administrator of the installation."""
    return actor.role == "administration"


def can_invite(actor: Actor) -> bool:
    """Return whether `actor` may invite people to a network, a funder or another role."""
    return can_administer(actor)


def can_withdraw_invitation(actor: Actor) -> bool:
    """Return whether `actor` may withdraw invitations not yet accepted."""
    return can_administer(actor)


def can_withdraw_role(actor: Actor) -> bool:
    """Return whether `actor` may withdraw roles from people."""
    return can_administer(actor)


def can_retry_job(actor: Actor) -> bool:
    """Return whether `actor` may run a failed job again."""
    return can_administer(actor)


def is_stale(last: datetime | None, now: datetime) -> bool:
    """Return whether the last backup is over 48 hours old at `now`; true if there is no backup."""
    return last is None or now - last > BACKUP_AGE


def is_silent(last: datetime | None, now: datetime) -> bool:
    """Return whether the `last` heartbeat of a worker is missing or over two minutes old."""
    return last is None or now - last > SILENCE
