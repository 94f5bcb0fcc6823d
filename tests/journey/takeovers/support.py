"""Files of what began before Explor, for tests."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from explor.journey.takeovers import actions
from factories import officer_actor

Run = Callable[[], list[str]]
ROOT = "/reseau/alizes/missions/reprises/"
HEAD = (
    "N°;Titre de la mission;Association;SIREN;Pays;Lieu;Expert;Courriel;Statut;Employeur;Cadre;"
    "Date de départ;Date de retour;État;Convention;Partenaire de terrain;Appel\n"
)
MONEY = "Mission;Appel;Financeur;Poste;Prévu (€);Engagé;Payé;Monnaie;Taux;Taux du;Note\n"


def on(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def row(**said: Any) -> str:
    """Return a line of a file, of a mission in preparation that leaves in forty days."""
    given = {
        "number": "2026-7",
        "title": "Réparer les fontaines",
        "association": "Rives et Sources",
        "siren": "732829320",
        "country": "Madagascar",
        "place": "Fenoarivo",
        "expert": "Nora Exemple",
        "email": "nora@val.test",
        "employment": "titulaire",
        "employer": "Ville de Valbourg",
        "scheme": "MAD",
        "start": on(40),
        "end": on(50),
        "state": "préparée",
        "signed": "non",
        "partner": "",
        "call": "",
    } | said
    days = {name: f"{day:%d/%m/%Y}" for name, day in given.items() if isinstance(day, date)}
    return ";".join(str(value) for value in (given | days).values()) + "\n"


def back(**said: Any) -> str:
    """Return a line of a file, of a mission that came back twenty days ago."""
    given = {
        "number": "2026-3", "title": "Former les relais", "expert": "Léo Exemple",
        "email": "leo@val.test", "start": on(-30), "end": on(-20), "state": "revenue",
        "signed": "oui",
    }  # fmt: skip
    return row(**given | said)


def read(network: Any, run_jobs: Run, *rows: str, what: str = "missions", head: str = "") -> Any:
    """Upload a file of these rows and read it; return it."""
    head = head or (MONEY if what == "budgets" else HEAD)
    batch = actions.upload(
        network=network,
        what=what,
        name=f"{what}.csv",
        content=(head + "".join(rows)).encode(),
        by=officer_actor(network),
    )
    actions.read(batch, by=officer_actor(network))
    run_jobs()
    batch.refresh_from_db()
    return batch


def taken_over(network: Any, run_jobs: Run, *rows: str, what: str = "missions") -> Any:
    """Upload a file of these rows, read it and make its lines; return it."""
    batch = read(network, run_jobs, *rows, what=what)
    actions.make(batch, by=officer_actor(network))
    run_jobs()
    batch.refresh_from_db()
    return batch
