"""Rename the release « accord de l’employeur »: few leave schemes are « mise à disposition »."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("releases", "0008_no_reason_on_agreements")]

    operations = [
        migrations.AlterModelOptions(
            name="release",
            options={
                "ordering": ["-pk"],
                "verbose_name": "accord de l’employeur",
                "verbose_name_plural": "accords de l’employeur",
            },
        ),
        migrations.AlterField(
            model_name="release",
            name="state",
            field=models.CharField(
                "état",
                max_length=10,
                choices=[
                    ("asked", "demandé à l’employeur"),
                    ("approved", "donné"),
                    ("refused", "refusé"),
                    ("agreed", "convention signée"),
                    ("ended", "sans suite"),
                ],
                default="asked",
            ),
        ),
        migrations.AlterConstraint(
            model_name="release",
            name="releases_release_has_scheme",
            constraint=models.CheckConstraint(
                condition=~models.Q(state__in=("approved", "agreed")) | ~models.Q(scheme=""),
                name="releases_release_has_scheme",
                violation_error_message="Indiquez le cadre de l’accord.",
            ),
        ),
    ]
