"""Keep the version of the text by which experts agreed to the publication of their summary."""

from django.db import migrations, models


def first_version(apps, schema_editor):
    """Give the consents of before the version of the only text that there was."""
    reports = apps.get_model("reports", "Report").objects
    reports.filter(public_consent=True).update(consent_version="2026-11")


class Migration(migrations.Migration):

    dependencies = [("reports", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="consent_version",
            field=models.CharField(
                blank=True,
                db_default="",
                max_length=20,
                verbose_name="version du texte du consentement",
            ),
        ),
        migrations.RunPython(first_version, migrations.RunPython.noop),
    ]
