"""Rename labels to « laisser partir une personne »: few schemes are « mise à disposition »."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("organisations", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="organisation",
            name="lending_rules",
            field=models.TextField("règles pour laisser partir une personne", blank=True),
        )
    ]
