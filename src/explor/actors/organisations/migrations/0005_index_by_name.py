"""An index in the French order of names, for the lists that people read."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('http', '0005_french_key_immutable'),
        ('organisations', '0004_french_order'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index('network', models.Func('name', function='french_key', output_field=models.TextField()), 'id', name='organisation_by_name'),
        ),
    ]
