"""Copy the leave verdicts of each release, made on the day of its request, to the kept readings."""

from django.db import migrations, models


def keep_readings(apps, schema_editor):
    """Copy the reading of each release, made on the day of its request."""
    release = apps.get_model("releases", "Release")
    kept = apps.get_model("leave_readings", "KeptReading")
    rows = release.objects.exclude(verdicts=[]).select_related("proposal")
    kept.objects.bulk_create(
        (
            kept(
                act="request",
                expert_id=row.proposal.expert_id,
                need_id=row.proposal.need_id,
                start=row.proposal.start,
                end=row.proposal.end,
                verdicts=row.verdicts,
                at=row.created_at,
            )
            for row in rows.iterator(chunk_size=500)
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):

    dependencies = [
        ("releases", "0001_initial"),
        ("leave_readings", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="release",
            name="confirmed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="cadre confirmé le"),
        ),
        migrations.AddField(
            model_name="release",
            name="confirmed_questions",
            field=models.JSONField(
                blank=True, default=list, verbose_name="questions levées par le réseau"
            ),
        ),
        migrations.RunPython(keep_readings, migrations.RunPython.noop),
    ]
