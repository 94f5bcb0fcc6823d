import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField(
            "session",
            "active_at",
            models.DateTimeField(
                default=django.utils.timezone.now, verbose_name="dernière activité"
            ),
        ),
        migrations.AddField(
            "session",
            "browser",
            models.CharField(blank=True, max_length=80, verbose_name="navigateur"),
        ),
    ]
