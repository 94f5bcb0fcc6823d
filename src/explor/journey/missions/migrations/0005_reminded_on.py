"""Add the day of the last reminder of a departure or a return that nobody recorded."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("missions", "0004_encrypted_travel_data")]

    operations = [
        migrations.AddField(
            model_name="mission",
            name="reminded_on",
            field=models.DateField("relancée le", null=True, blank=True, editable=False),
        )
    ]
