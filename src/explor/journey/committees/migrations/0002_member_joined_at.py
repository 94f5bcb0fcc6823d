import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """Date the members to come: nothing says when those of before joined."""

    dependencies = [("committees", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="committeemember",
            name="joined_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="au comité depuis"
            ),
        ),
        migrations.AlterField(
            model_name="committeemember",
            name="joined_at",
            field=models.DateTimeField(
                blank=True,
                default=django.utils.timezone.now,
                editable=False,
                null=True,
                verbose_name="au comité depuis",
            ),
        ),
    ]
