"""Functions that load and erase the demonstration data, and list its accounts."""

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, transaction

from explor.actors.networks.models import Network
from explor.oversight.indicators import actions as indicators
from explor.public.open_data import actions as datasets

from . import (
    abroad,
    actors,
    administration,
    committee,
    fairness,
    journey,
    law,
    lending,
    planning,
    sheets,
    taken_over,
)
from .demo_data import DemoData

ACCOUNTS = (
    ("Association", "association@explor.example"),
    ("Experte ou expert", "expert@explor.example"),
    ("Experte ou expert, en mission", "mission@explor.example"),
    ("Association, une mission en cours", "accueil@explor.example"),
    ("Employeur", "employeur@explor.example"),
    ("Réseau, chargée de mission", "chargee@resacoop.example"),
    ("Réseau, direction", "direction@resacoop.example"),
    ("Autre réseau", "chargee@centraider.example"),
    ("Comité", "comite@explor.example"),
    ("Coordination", "coordination@explor.example"),
    ("Financeur", "financeur@explor.example"),
    ("Administration", "administration@explor.example"),
)


@transaction.atomic
def load(seed: int = 1) -> None:
    """Load the demonstration data generated from `seed`, unless the database contains a network."""
    if Network.objects.exists():
        return
    data = DemoData(seed)
    people = actors.add_people(data)
    journey.play_missions(data, people)
    planning.add_call_to_plan(data, people)
    lending.add_lending_rules(data, people)
    committee.add_committee(data, people)
    sheets.add_sheets(data, people)
    fairness.add_equity(data, people)
    actors.add_papers(people)
    administration.add_administrators()
    law.add_changes()
    abroad.add_contacts_and_incidents(data)
    taken_over.add_taken_over(data, people)
    indicators.count()
    datasets.make_all()


def reset() -> None:
    """Erase the whole database and load the demonstration data again."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")  # flush skips this table
    call_command("flush", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = DEFAULT")
    load()


def accounts() -> list[tuple[str, str, str]]:
    """Return (role, name, email address) for each account of `ACCOUNTS` that exists."""
    names = {
        p.email: p.name for p in get_user_model().objects.filter(email__in=dict(ACCOUNTS).values())
    }
    return [(role, names[email], email) for role, email in ACCOUNTS if email in names]
