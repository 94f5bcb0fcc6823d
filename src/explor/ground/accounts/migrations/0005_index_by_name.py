"""An index in the French order of names, for the lists that people read."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('http', '0005_french_key_immutable'),
        ('accounts', '0004_factors_bound_to_their_person'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='person',
            index=models.Index(models.Func('name', function='french_key', output_field=models.TextField()), 'id', name='accounts_person_by_name'),
        ),
    ]
