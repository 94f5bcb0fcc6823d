"""Actions of the administration: failed jobs and backups."""

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from explor.ground.audit.models import Entry
from explor.ground.http.actor import SYSTEM
from explor.ground.http.exceptions import ActionNotAllowed
from explor.site.administration import actions
from explor.site.administration.models import Backup
from factories import administrator_actor

pytestmark = pytest.mark.django_db


def test_retrying_a_job_that_did_not_fail_is_refused() -> None:
    app.configure_task("mail.send", lock="essai").defer(message=0)
    job = ProcrastinateJob.objects.get()
    before = ProcrastinateJob.objects.values().get()
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.retry_job(job, by=administrator_actor())
    assert refusal.value.reasons == ("Cette tâche n’est plus en échec.",)
    assert ProcrastinateJob.objects.values().get() == before
    assert Entry.objects.count() == 0


def test_recording_a_backup_stores_the_end_of_a_long_name_and_journals_it() -> None:
    backup = actions.record_backup(name=f"{'x' * 250}.tar", size=2048, files=3)
    assert list(Backup.objects.values_list("pk", "name", "size", "files")) == [
        (backup.pk, f"{'x' * 246}.tar", 2048, 3)
    ]
    assert list(Entry.objects.about(backup).values_list("verb", "name", "role", "details")) == [
        ("record_backup", SYSTEM.name, "systeme", {"size": 2048})
    ]
