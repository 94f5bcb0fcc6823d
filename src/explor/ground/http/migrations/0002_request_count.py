from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('http', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='RequestCount',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name='empreinte')),
                ('count', models.PositiveIntegerField(default=0, verbose_name='demandes')),
                ('ends_at', models.DateTimeField(db_index=True, verbose_name='jusqu’à')),
            ],
            options={
                'verbose_name': 'décompte de demandes',
                'verbose_name_plural': 'décomptes de demandes',
            },
        ),
    ]
