"""Record the real days of a mission, and the state from which a mission was closed.

Before this migration, only the day of each click was kept. A departure recorded on the planned day
or earlier is real; so is a return recorded between the departure and the planned return. For a
later click, the real day stays unknown, and the planned day is used.
"""

from datetime import timedelta

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.functions.comparison
from django.db import migrations, models
from django.utils import timezone

ENDED = ("returned", "closed", "interrupted")


def keep_known_days(apps, editor):
    """Set the days known from the journal and the rows, and free the days of experts who are back."""
    entries = apps.get_model("audit", "Entry").objects.filter(kind="missions.mission")
    acts = {
        (entry.subject, entry.verb): entry
        for entry in entries.filter(verb__in=("depart", "close")).order_by("rank").iterator()
    }
    missions = apps.get_model("missions", "Mission").objects
    proposals = apps.get_model("proposals", "Proposal").objects
    for mission in missions.filter(state__in=("away", "remote", *ENDED)).select_related("release"):
        closing = acts.get((mission.pk, "close")) if mission.state == "closed" else None
        closed_from = closing.source if closing else ""
        if "remote" in (mission.state, closed_from):
            departed_on, returned_on, free_from = None, None, mission.start
        else:
            departed_on = known_departure(mission, acts.get((mission.pk, "depart")))
            returned_on = known_return(mission, departed_on or mission.start)
            free_from = returned_on + timedelta(days=1) if returned_on else None
        missions.filter(pk=mission.pk).update(
            departed_on=departed_on, returned_on=returned_on, closed_from=closed_from
        )
        agreed = proposals.filter(pk=mission.release.proposal_id, state="agreed")
        agreed.update(free_from=free_from)


def known_departure(mission, entry):
    """Return the day of a departure recorded by the planned day, else None."""
    day = timezone.localdate(entry.at) if entry else None
    return day if day and day <= mission.start else None


def known_return(mission, first):
    """Return the day of a return or interruption recorded by the planned return, else None."""
    day = mission.ended_on if mission.state in ENDED else None
    return day if day and first <= day <= mission.end else None


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
        ('experts', '0001_initial'),
        ('missions', '0001_initial'),
        ('needs', '0001_initial'),
        ('networks', '0001_initial'),
        ('organisations', '0001_initial'),
        ('proposals', '0002_free_from'),
        ('releases', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='mission',
            name='missions_expert_free',
        ),
        migrations.AddField(
            model_name='mission',
            name='closed_from',
            field=models.CharField(blank=True, choices=[('preparing', 'en préparation'), ('cleared', 'feu vert donné'), ('away', 'en mission'), ('returned', 'au retour'), ('closed', 'close'), ('cancelled', 'annulée'), ('interrupted', 'interrompue'), ('remote', 'faite à distance')], db_default='', default='', max_length=12, verbose_name='état avant la clôture'),
        ),
        migrations.AddField(
            model_name='mission',
            name='departed_on',
            field=models.DateField(blank=True, null=True, verbose_name='parti le'),
        ),
        migrations.AddField(
            model_name='mission',
            name='returned_on',
            field=models.DateField(blank=True, null=True, verbose_name='de retour le'),
        ),
        migrations.AlterField(
            model_name='mission',
            name='ended_on',
            field=models.DateField(blank=True, null=True, verbose_name='fin enregistrée le'),
        ),
        migrations.AddConstraint(
            model_name='mission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('departed_on', None), ('state__in', ('away', 'returned', 'closed', 'interrupted')), _connector='OR'), models.Q(('returned_on', None), ('state__in', ('returned', 'closed', 'interrupted')), _connector='OR')), name='missions_mission_days_of_state', violation_error_message='Ce jour ne va pas avec l’état de la mission.'),
        ),
        migrations.AddConstraint(
            model_name='mission',
            constraint=models.CheckConstraint(condition=models.Q(('returned_on__gte', models.F('departed_on'))), name='missions_mission_days_in_order', violation_error_message='Le retour précède le départ.'),
        ),
        migrations.AddConstraint(
            model_name='mission',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(models.Q(('state__in', ('cancelled', 'remote')), _negated=True), models.Q(('closed_from__in', ('cancelled', 'remote')), _negated=True)), expressions=[('expert', '='), (models.Func(django.db.models.functions.comparison.Least('start', 'returned_on'), django.db.models.functions.comparison.Least('end', 'returned_on'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='missions_expert_free', violation_error_message='Cette personne est déjà en mission à ces dates.'),
        ),
        migrations.RunPython(keep_known_days, migrations.RunPython.noop),
    ]
