"""Add how the association and the person accepted dates outside the window of the need."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("missions", "0002_days_of_stay")]

    operations = [
        migrations.AddField(
            model_name="mission",
            name="window_agreement",
            field=models.CharField(
                "accord hors de la fenêtre du besoin",
                max_length=300,
                blank=True,
                default="",
                db_default="",
            ),
        )
    ]
