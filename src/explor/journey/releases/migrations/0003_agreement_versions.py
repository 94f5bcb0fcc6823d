"""Create the versions of agreements; 0004 fills them and 0005 removes the fields they replace."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("files", "0001_initial"),
        ("releases", "0002_leave_answers"),
    ]

    operations = [
        migrations.RemoveField(model_name="release", name="verdicts"),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(default=0, verbose_name="rang")),
                ("facts", models.JSONField(default=dict, verbose_name="ce qu’il dit")),
                (
                    "digest",
                    models.CharField(max_length=64, verbose_name="empreinte de ce qu’il dit"),
                ),
                ("reason", models.TextField(blank=True, verbose_name="pourquoi cet avenant")),
                (
                    "drawn_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="établi le"
                    ),
                ),
                (
                    "replaced_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="remplacé le"),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.document",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agreements",
                        to="releases.release",
                    ),
                ),
            ],
            options={
                "verbose_name": "convention ou avenant",
                "verbose_name_plural": "conventions et avenants",
                "ordering": ["rank"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("release", "rank"),
                        name="releases_agreement_rank",
                        violation_error_message="Cet avenant existe déjà.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("release",),
                        name="releases_agreement_current",
                        violation_error_message="Une convention est déjà en vigueur.",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="signature", name="releases_signature_once"),
        migrations.AddField(
            model_name="release",
            name="current",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="releases.agreement",
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="agreement",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="signatures",
                to="releases.agreement",
            ),
        ),
    ]
