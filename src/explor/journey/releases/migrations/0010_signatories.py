"""Create the signatories; 0011 fills the table and 0012 requires a signatory for each signature."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0002_seal_issuer_certificate_replacement"),
        ("releases", "0009_words_of_consent"),
    ]

    operations = [
        migrations.CreateModel(
            name="Signatory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="version"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="créé le"
                    ),
                ),
                ("party", models.CharField(max_length=12, verbose_name="partie")),
                ("rank", models.PositiveSmallIntegerField(default=0, verbose_name="rang")),
                ("capacity", models.CharField(max_length=120, verbose_name="qualité")),
                (
                    "name",
                    models.CharField(blank=True, max_length=200, verbose_name="prénom et nom"),
                ),
                (
                    "email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="adresse électronique"
                    ),
                ),
                (
                    "delegated_by",
                    models.CharField(blank=True, max_length=200, verbose_name="par délégation de"),
                ),
                (
                    "delegation",
                    models.CharField(
                        blank=True,
                        help_text="Par exemple : arrêté n° 2026-14 du 3 mars 2026.",
                        max_length=300,
                        verbose_name="acte de délégation",
                    ),
                ),
                (
                    "turn_since",
                    models.DateTimeField(blank=True, null=True, verbose_name="à signer depuis le"),
                ),
                (
                    "link_sent_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="lien envoyé le"),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="lien retiré le"),
                ),
                (
                    "reminded_on",
                    models.DateField(blank=True, null=True, verbose_name="dernier rappel le"),
                ),
                ("reminders", models.PositiveSmallIntegerField(default=0, verbose_name="rappels")),
            ],
            options={
                "verbose_name": "signataire",
                "ordering": ["party", "rank"],
            },
        ),
        migrations.AddField(
            model_name="agreement",
            name="content",
            field=models.JSONField(blank=True, default=dict, verbose_name="ce qui est imprimé"),
        ),
        migrations.AddField(
            model_name="agreement",
            name="signed_copy",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.document",
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="address",
            field=models.GenericIPAddressField(blank=True, null=True, verbose_name="adresse IP"),
        ),
        migrations.AddField(
            model_name="signature",
            name="browser",
            field=models.CharField(blank=True, max_length=300, verbose_name="navigateur"),
        ),
        migrations.AddField(
            model_name="signature",
            name="capacity",
            field=models.CharField(blank=True, max_length=120, verbose_name="qualité"),
        ),
        migrations.AddField(
            model_name="signature",
            name="delegation",
            field=models.CharField(blank=True, max_length=520, verbose_name="acte de délégation"),
        ),
        migrations.AddField(
            model_name="signature",
            name="email",
            field=models.EmailField(
                blank=True, max_length=254, verbose_name="adresse électronique"
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="original",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.document",
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="paper",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.document",
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="person",
            field=models.BigIntegerField(blank=True, null=True, verbose_name="compte"),
        ),
        migrations.AddField(
            model_name="signature",
            name="shown_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="page lue le"),
        ),
        migrations.AddField(
            model_name="signatory",
            name="release",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="signatories",
                to="releases.release",
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="signatory",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="signatures",
                to="releases.signatory",
            ),
        ),
        migrations.AddConstraint(
            model_name="signatory",
            constraint=models.UniqueConstraint(
                fields=("release", "party", "rank"),
                name="releases_signatory_rank",
                violation_error_message="Cette place existe déjà.",
            ),
        ),
        migrations.AddConstraint(
            model_name="signatory",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("email", ""), models.Q(("name", ""), _negated=True), _connector="OR"
                ),
                name="releases_signatory_named",
                violation_error_message="Indiquez à qui est cette adresse.",
            ),
        ),
        migrations.AddConstraint(
            model_name="signatory",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("delegated_by", ""), ("delegation", "")),
                    models.Q(
                        models.Q(("delegation", ""), _negated=True),
                        models.Q(("delegated_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="releases_signatory_delegation",
                violation_error_message="Une délégation a un auteur et un acte.",
            ),
        ),
    ]
