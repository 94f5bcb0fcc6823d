import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='seal',
            name='issuer',
            field=models.CharField(blank=True, db_default='', max_length=200, verbose_name='émis par'),
        ),
        migrations.AddField(
            model_name='seal',
            name='certificate',
            field=models.CharField(blank=True, db_default='', max_length=64, verbose_name='empreinte du certificat'),
        ),
        migrations.AddField(
            model_name='seal',
            name='replaced_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='remplacé le'),
        ),
        migrations.AddField(
            model_name='seal',
            name='replaced_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='files.seal', verbose_name='remplacé par'),
        ),
        migrations.AddIndex(
            model_name='seal',
            index=models.Index(fields=['sha256'], name='files_seal_sha256'),
        ),
        migrations.AddIndex(
            model_name='seal',
            index=models.Index(fields=['certificate'], name='files_seal_certificate'),
        ),
        migrations.AddConstraint(
            model_name='seal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('replaced_at', None), ('replaced_by', None)), models.Q(('replaced_at__isnull', False), ('replaced_by__isnull', False)), _connector='OR'), name='files_seal_replaced_by_a_document', violation_error_message='Indiquez le document qui remplace celui-ci.'),
        ),
        migrations.AddConstraint(
            model_name='seal',
            constraint=models.CheckConstraint(condition=models.Q(('replaced_by', None), models.Q(('replaced_by', models.F('id')), _negated=True), _connector='OR'), name='files_seal_replaced_by_another', violation_error_message='Un document ne se remplace pas lui-même.'),
        ),
    ]
