"""Remove the foreign keys that the versions of agreements replace."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("releases", "0004_first_versions")]

    operations = [
        migrations.RemoveField(model_name="release", name="agreement"),
        migrations.RenameField(model_name="release", old_name="current", new_name="agreement"),
        migrations.RemoveField(model_name="signature", name="release"),
        migrations.AlterField(
            model_name="signature",
            name="agreement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="signatures",
                to="releases.agreement",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(
                fields=("agreement", "party"),
                name="releases_signature_of_party_once",
                violation_error_message="Cette partie a déjà signé.",
            ),
        ),
    ]
