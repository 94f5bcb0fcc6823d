from django.db import migrations, models

CHARGE = """
    UPDATE files_document SET charged_to = owner
    WHERE owner LIKE 'organisations.organisation:%%' AND uploaded_by IS NOT NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0002_seal_issuer_certificate_replacement'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='charged_to',
            field=models.CharField(blank=True, db_default='', db_index=True, default='', max_length=80, verbose_name='compté à'),
        ),
        migrations.AddField(
            model_name='document',
            name='scan',
            field=models.CharField(blank=True, choices=[('', 'non contrôlé'), ('waiting', 'en attente de contrôle'), ('clean', 'contrôlé'), ('infected', 'refusé par l’antivirus')], db_default='', default='', max_length=10, verbose_name='contrôle'),
        ),
        migrations.AddField(
            model_name='document',
            name='scanned_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='contrôlé le'),
        ),
        migrations.AddField(
            model_name='document',
            name='threat',
            field=models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='virus reconnu'),
        ),
        migrations.CreateModel(
            name='Space',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('charged_to', models.CharField(max_length=80, unique=True, verbose_name='compté à')),
                ('megabytes', models.PositiveIntegerField(blank=True, null=True, verbose_name='place en Mo')),
            ],
            options={
                'verbose_name': 'place',
                'ordering': ['pk'],
            },
        ),
        # The papers of an organisation count from now on; those of a need or a release only when new.
        migrations.RunSQL(CHARGE, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(condition=models.Q(('scan', 'waiting')), fields=['scan'], name='files_document_waiting'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('scan', 'infected'), ('threat', ''), _connector='XOR'), name='files_document_infected_by_a_threat', violation_error_message='Indiquez ce que l’antivirus a reconnu.'),
        ),
    ]
