"""Actions on an installation: invitations, withdrawal of roles, jobs (retry, remove), backups."""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from explor.actors.networks.models import Network
from explor.ground.accounts.actions import end_invitations, invite
from explor.ground.accounts.models import Invitation
from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.roles.registry import RoleType
from explor.journey.calls.models import Funder

from .models import Backup
from .selectors.health import stalled_jobs
from .selectors.holders import Holder

DAYS_KEPT = 30  # how long jobs that succeeded are kept
OLD_JOBS = """
    DELETE FROM procrastinate_jobs job WHERE status = 'succeeded' AND NOT EXISTS (
        SELECT FROM procrastinate_events
        WHERE job_id = job.id AND at > now() - make_interval(days => %s))
"""
KILLS = 5  # attempts after which a stalled job is not run again


def invite_to_network(
    network: Network, *, by: Actor, email: str, name: str, position: str
) -> Invitation:
    """Invite someone by email to work for a network, in a `position` such as director."""
    return invite(
        email=email, name=name, position=position, role_type="reseau", role_key=network.slug, by=by
    )


def invite_to_funder(funder: Funder, *, by: Actor, email: str, name: str) -> Invitation:
    """Invite someone by email to act for a funder, with access to its figures."""
    return invite(email=email, name=name, role_type="financeur", role_key=funder.slug, by=by)


def invite_to_role(role_type: RoleType, *, by: Actor, email: str, name: str) -> Invitation:
    """Invite someone by email to a role not tied to an organisation, such as coordination.

    Raises:
        ActionNotAllowed: the role cannot be given by invitation.
    """
    return invite(email=email, name=name, role_type=role_type.kind, role_key="", by=by)


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Actor) -> None:
    """Delete an invitation not yet accepted; its link no longer works.

    Raises:
        ActionNotAllowed: the invitation was accepted or withdrawn meanwhile.
    """
    waiting = Invitation.objects.select_for_update().filter(pk=invitation.pk, accepted_at=None)
    row = waiting.first()
    if row is None:
        raise ActionNotAllowed("Cette invitation n’attend plus de réponse.")
    details = {"role": row.role_type, "key": row.role_key}
    audit.log(row, "withdraw_invitation", by=by, details=details)
    row.delete()


@transaction.atomic
def withdraw_role(holder: Holder, *, by: Actor, reason: str) -> None:
    """Withdraw a role from the person who holds it, and end their invitations to this role.

    Raises:
        ActionNotAllowed: the `withdraw` function of the role type refuses.
    """
    role_type, person = holder.role_type, holder.person
    withdraw: Any = role_type.withdraw
    withdraw(person, holder.key, by=by, reason=reason)
    end_invitations(person, role_type=role_type.kind, role_key=holder.key)


@transaction.atomic
def retry_job(job: ProcrastinateJob, *, by: Actor) -> None:
    """Put back in the queue a job that failed.

    Raises:
        ActionNotAllowed: the job is not in the state `failed`, or a job with the same queueing
            lock is already queued.
    """
    job = ProcrastinateJob.objects.select_for_update().get(pk=job.pk)
    if job.status != "failed":
        raise ActionNotAllowed("Cette tâche n’est plus en échec.")
    try:
        with transaction.atomic():
            app.job_manager.retry_job_by_id(job.pk, timezone.now())
    except UniqueViolation as waiting:
        raise ActionNotAllowed("Cette tâche est déjà en file.") from waiting
    audit.log(job, "retry_job", by=by, details={"task": job.task_name})


def take_up_stalled_jobs() -> int:
    """Queue again the jobs left as running by killed workers; return how many there were.

    A job whose worker was killed several times is marked as failed. A job is aborted if another one
    with the same queueing lock already waits, since that one does the same work.
    """
    stalled = list(stalled_jobs().values_list("pk", flat=True))
    return sum(_take_up(pk) for pk in stalled)


@transaction.atomic
def _take_up(pk: int) -> bool:
    job = stalled_jobs().filter(pk=pk).select_for_update(of=("self",), skip_locked=True).first()
    if job is None:
        return False  # another worker has just queued it
    task = app.tasks.get(job.task_name)
    strategy = getattr(task, "retry_strategy", None)
    if job.attempts >= max(KILLS, getattr(strategy, "max_attempts", None) or 0):
        _end(job, Status.FAILED)
        return True
    try:
        with transaction.atomic():
            app.job_manager.retry_job_by_id(job.pk, timezone.now())
    except UniqueViolation:
        _end(job, Status.ABORTED)
    return True


def _end(job: ProcrastinateJob, status: Status) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_finish_job_v1(%s, %s, false)", [job.pk, status.value])


def remove_old_jobs() -> int:
    """Delete the jobs that succeeded over `DAYS_KEPT` days ago; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(OLD_JOBS, [DAYS_KEPT])
        return int(cursor.rowcount)


@transaction.atomic
def record_backup(*, name: str, size: int, files: int) -> Backup:
    """Record a backup that succeeded.

    Args:
        name: the name of the backup file.
        size: the size of the backup file, in bytes.
        files: how many documents the backup contains.
    """
    backup = Backup.objects.create(name=name[-250:], size=size, files=files)
    audit.log(backup, "record_backup", by=SYSTEM, details={"size": size})
    return backup
