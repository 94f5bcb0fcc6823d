"""The season: loaded once, effaced as a whole."""

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, transaction

from explor.actors.networks.models import Network
from explor.oversight.indicators import actions as indicators
from explor.public.open_data import actions as datasets

from . import actors, administration, committee, fairness, journey, sheets, together
from .chance import Chance

ACCOUNTS = (
    ("Association", "association@explor.example"),
    ("Experte ou expert", "expert@explor.example"),
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
    """Load the season made by `seed`, unless one is there."""
    if Network.objects.exists():
        return
    chance = Chance(seed)
    cast = actors.gather(chance)
    journey.live(chance, cast)
    together.search(chance, cast)
    committee.convene(chance, cast)
    sheets.publish(chance, cast)
    fairness.watch(chance, cast)
    administration.administer()
    actors.bring_papers(cast)
    indicators.count()
    datasets.make_all()


def reset() -> None:
    """Efface everything and load the season again. Demonstration only."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")  # flush knows only Django's tables
    call_command("flush", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = DEFAULT")
    load()


def accounts() -> list[tuple[str, str, str]]:
    """(role, name, address) of one account per role."""
    found = {
        p.email: p.name for p in get_user_model().objects.filter(email__in=dict(ACCOUNTS).values())
    }
    return [(role, found[email], email) for role, email in ACCOUNTS if email in found]
