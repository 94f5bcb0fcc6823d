"""Create the proof files of agreements."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0002_seal_issuer_certificate_replacement"),
        ("releases", "0013_service_approvals"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProofFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("party", models.CharField(blank=True, max_length=12, verbose_name="partie")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proof_files",
                        to="releases.agreement",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.document",
                    ),
                ),
            ],
            options={
                "verbose_name": "dossier de preuve",
                "verbose_name_plural": "dossiers de preuve",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "party"),
                        name="releases_proof_file_once",
                        violation_error_message="Ce dossier de preuve existe déjà.",
                    )
                ],
            },
        ),
    ]
