from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("datasets", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="dataset",
            name="edition",
            field=models.BigIntegerField(default=0, verbose_name="édition de l’annuaire"),
        ),
        # An edition is a clock in microseconds: the files already made stay good.
        migrations.RunSQL(
            "UPDATE datasets_dataset SET edition = extract(epoch FROM made_at) * 1000000",
            migrations.RunSQL.noop,
        ),
    ]
