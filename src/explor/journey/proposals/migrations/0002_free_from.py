"""Add the day from which an expert is free again, earlier than the end of the proposal."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.expressions
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('experts', '0001_initial'),
        ('needs', '0001_initial'),
        ('organisations', '0001_initial'),
        ('proposals', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='proposal',
            name='proposals_expert_free',
        ),
        migrations.AddField(
            model_name='proposal',
            name='free_from',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='libre à partir du'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state', 'agreed')), expressions=[('expert', '='), (models.Func(models.F('start'), django.db.models.functions.comparison.Greatest('start', django.db.models.functions.comparison.Least(models.ExpressionWrapper(django.db.models.expressions.CombinedExpression(models.F('end'), '+', models.Value(1)), output_field=models.DateField()), 'free_from')), models.Value('[)'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='proposals_expert_free', violation_error_message='Cette personne est déjà engagée à ces dates.'),
        ),
    ]
