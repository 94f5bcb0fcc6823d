"""Add the day of the last reminder of a report that does not come."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("reports", "0002_consent_version")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="reminded_on",
            field=models.DateField("relancé le", null=True, blank=True, editable=False),
        )
    ]
