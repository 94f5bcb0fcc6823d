"""Invented workbooks of associations, experts, sheets, missions and lines of budget.

The same number always gives the same row. Nobody in them exists: the addresses end in `.test`, and
the numbers of the associations only have the right check digit.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import xlsxwriter

from benchmarks.directory import importing
from benchmarks.directory.invented import name

FIRST_DAY = date(2019, 1, 7)
STRUCTURES = ("Association", "Comité", "Collectif", "Amis", "Relais", "Maison", "Union", "Atelier")
COUNTRIES = ("Madagascar", "Bénin", "Sénégal", "Maroc", "Togo", "Vietnam", "Mali", "Liban")
HEADINGS = ("TRANSPORT", "PER_DIEM", "ASSURANCE", "HEBERGEMENT")
Row = tuple[object, ...]


def siren(number: int) -> str:
    """Return nine digits whose last one is the check digit of Luhn's formula."""
    bare = f"{10_000_000 + number:08d}"
    doubled = "".join(str(int(d) * (2 if i % 2 else 1)) for i, d in enumerate(bare))
    return bare + str(-sum(map(int, doubled)) % 10)


def association(number: int) -> str:
    random = Random(f"a{number}")
    return f"{random.choice(STRUCTURES)} {name(random)} {name(random)}"


def person(number: int) -> tuple[str, str]:
    """Return the name and the email address of the person with this number."""
    random = Random(f"p{number}")
    return f"{name(random)} {name(random)}", f"personne{number}@banc.test"


def associations(count: int) -> Iterator[Row]:
    yield ("Nom", "SIREN", "Code postal", "Commune", "Pays", "Contact", "Courriel")
    for n in range(count):
        who, email = person(n)
        yield (association(n), siren(n), "69001", "Lyon", COUNTRIES[n % 8], who, f"a.{email}")


def experts(count: int) -> Iterator[Row]:
    yield ("Nom", "Courriel", "Métier", "Employeur", "Statut", "Pays", "Langues")
    for n in range(count):
        who, email = person(n)
        yield (who, email, "Technicienne", f"Ville {n % 900}", "titulaire", COUNTRIES[n % 8], "fr")


def missions(count: int) -> Iterator[Row]:
    """Yield the headings, then `count` closed missions.

    They belong to `count` / 5 associations and `count` / 2 people.
    """
    yield (
        "Votre numéro", "Mission", "Projet", "Association", "SIRET, SIREN ou RNA de l’association",
        "Pays", "Lieu", "Professionnel", "Son adresse électronique", "Son statut", "Son employeur",
        "Cadre du départ", "Départ", "Retour", "État", "Convention signée", "Partenaire de terrain",
    )  # fmt: skip
    for n in range(count):
        of = n % max(1, count // 5)
        who, email = person(n % max(1, count // 2))
        start = FIRST_DAY + timedelta(days=n * 2000 // count)
        yield (
            f"B-{n}", f"Mission {n} {name(Random(n))}", f"Projet {n % 3} de {association(of)}",
            association(of), siren(of), COUNTRIES[n % 8], "Fenoarivo", who, email, "titulaire",
            f"Ville {n % 900}", "MAD", start, start + timedelta(days=12), "close", "oui",
            f"Partenaire {n % 2} de {association(of)}",
        )  # fmt: skip


def budgets(count: int) -> Iterator[Row]:
    """Yield the headings, then one budget line for each mission of `missions`."""
    yield ("Mission", "Poste", "Prévu", "Engagé", "Payé", "Référence du remboursement", "Note")
    for n in range(count):
        yield (f"B-{n}", HEADINGS[n % 4], 900 + n % 500, 800 + n % 500, 700, f"R{n}", "Billets")


SHEETS: dict[str, Callable[[int], Iterator[Row]]] = {
    "associations": associations, "experts": experts, "missions": missions, "budgets": budgets,
}  # fmt: skip


def write(what: str, folder: Path, count: int) -> Path:
    """Write a file of `count` rows, return its path: XLSX, and CSV for the project sheets."""
    if what == "sheets":
        importing.write(folder / "sheets.csv", count)
        return folder / "sheets.csv"
    path = folder / f"{what}.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        tab, days = book.add_worksheet(what), book.add_format({"num_format": "dd/mm/yyyy"})
        for at, row in enumerate(SHEETS[what](count)):
            for column, value in enumerate(row):
                form = [days] if isinstance(value, date) else []
                tab.write(at, column, value, *form)
    return path
