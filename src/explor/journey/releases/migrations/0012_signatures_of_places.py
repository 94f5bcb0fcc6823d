"""Require a signatory for each signature, and a file for each new signature on paper."""

import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("releases", "0011_first_chains")]

    operations = [
        migrations.AlterField(
            model_name="signature",
            name="signatory",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="signatures",
                to="releases.signatory",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="signature",
            name="releases_signature_of_party_once",
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(
                fields=("agreement", "signatory"),
                name="releases_signature_once",
                violation_error_message="Cette personne a déjà signé.",
            ),
        ),
        # Those recorded before had no file: they stay as they are.
        AddConstraintNotValid(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("on_paper", False), ("original", None), ("paper", None)),
                    models.Q(
                        ("on_paper", True), ("original__isnull", False), ("paper__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="releases_signature_on_paper_has_its_file",
                violation_error_message="Joignez le papier signé.",
            ),
        ),
    ]
