"""Say « laisser partir une personne »: most leave schemes are no « mise à disposition »."""

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
