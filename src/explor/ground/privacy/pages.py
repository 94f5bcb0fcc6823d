"""The register of processing, for a page and as a file, and the impact assessment (GDPR).

All are made from the same data; durations come from the terms of this installation. `report_rows`
prepares the report of a purge.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps

from explor.ground.encryption.fields import Encrypted
from explor.ground.ui import docx
from explor.ground.ui.docx import Facts

from .models import PurgeReport
from .selectors import NONE, Column, Treatment, columns, treatments
from .terms import ENDS, TERMS, YEAR, days

HEADINGS = (*("Traitement", "But", "Base légale", "Qui lit", "Durée", "Données", "Source"),)
TO_COMPLETE = "Exemple, à compléter par le réseau."
RISKS = (
    (
        "Accès illégitime à un profil",
        "Chaque page demande un rôle et répond « introuvable » hors de son périmètre ; second "
        "facteur pour les réseaux et l’administration ; chaque acte est au journal. Téléphones, "
        "dates et notes de voyage sont chiffrés dans la base ; le registre dit lesquels.",
    ),
    (
        "Modification non voulue",
        "Chaque acte est vérifié, verrouillé et journalisé ; la chaîne du journal se contrôle ; "
        "les documents émis sont scellés.",
    ),
    (
        "Disparition des données",
        "Sauvegarde chaque nuit, restauration essayée ; l’effacement au terme est journalisé.",
    ),
    (
        "Décision prise par une machine",
        "Le classement propose et dit ses raisons ; une personne décide, la personne répond.",
    ),
    (
        "Conservation trop longue",
        "Chaque nuit, ce qui est à son terme est effacé ; un rapport dit combien, et ce qui reste.",
    ),
)
QUESTIONS = (
    "Le réseau a-t-il informé les personnes, et recueilli leur avis ?",
    "Les accès accordés sont-ils relus chaque année ?",
    "Avis du délégué à la protection des données, date :",
    "Validation par le responsable de traitement, date :",
)


def in_words(count: int) -> str:
    """Return a number of days in French words: « 2 ans », « 90 jours »."""
    years = round(count / YEAR)
    if years and abs(count - years * YEAR) <= 3:
        return f"{years} an{'s' if years > 1 else ''}"
    return f"{count} jour{'s' if count > 1 else ''}"


def term_in_words(key: str) -> str:
    """Return a term in French: « profil d’une experte : 2 ans après le dernier contact »."""
    term = TERMS[key]
    archives = " (les archives publiques, avec leur visa)" if term.accountable else ""
    return f"{term.what} : {in_words(days(key))} {term.since}{archives}"


def durations_of(treatment: Treatment) -> list[str]:
    """Return French sentences on how long the data of a treatment are kept."""
    sentences = [term_in_words(key) for key in treatment.terms] + [treatment.kept]
    return [f"{text[0].upper()}{text[1:]}." for text in sentences if text]


def public_rows() -> list[tuple[Treatment, list[str]]]:
    """Return (treatment, French sentences on its durations) for the public page."""
    return [(each, durations_of(each)) for each in treatments()]


def notices() -> list[str]:
    """Return French sentences on the notices sent before personal data are erased."""
    return [
        f"{term.what[0].upper()}{term.what[1:]} : un message {term.notice} jours avant."
        for term in TERMS.values()
        if term.notice
    ]


def data_of(treatment: Treatment) -> list[str]:
    """Return the personal data of a treatment in French, one text per model, with durations."""
    return [
        f"{_name_of(each.model)} : {', '.join(_label_of(each.model, f) for f in each.fields)} "
        f"({', '.join(end_in_words(end) for end in each.ends)})"
        for each in columns()
        if each.treatment == treatment.key
    ]


def end_in_words(key: str) -> str:
    """Return when data are erased, in French: « 90 jours après l’envoi », or why they are not.

    `key` is a value of the column `ends` of `columns.csv`.
    """
    return ENDS[key] if key in ENDS else f"{in_words(days(key))} {TERMS[key].since}"


def register_rows() -> Iterator[list[str]]:
    """Yield the register of processing as table rows, whose headings are `HEADINGS`."""
    for each in treatments():
        durations, data = " ".join(durations_of(each)), " ; ".join(data_of(each))
        yield [
            *(each.label, each.purpose, each.basis, each.readers),
            *(durations, data, each.source),
        ]


def register_document() -> bytes:
    """Return the register of processing as a Word document."""
    return docx.document(
        title="Registre des activités de traitement",
        lead=f"RGPD, article 30. {TO_COMPLETE} Responsable de traitement :",
        parts=[(each.label, _facts_of(each)) for each in treatments()],
    )


def impact_document() -> bytes:
    """Return the impact assessment (GDPR, article 35) as a Word document, to be completed."""
    necessity = [(each.label, [each.purpose, each.basis, each.readers]) for each in treatments()]
    terms: Facts = [(each.label, durations_of(each)) for each in treatments()]
    without = [
        f"{_name_of(each.model)} : {each.reason}" for each in columns() if _names_nobody(each)
    ]
    return docx.document(
        title="Analyse d’impact relative à la protection des données",
        lead=f"RGPD, article 35. {TO_COMPLETE}",
        parts=[
            ("Nécessité et personnes qui lisent", necessity),
            ("Durées", terms),
            ("Risques et mesures", RISKS),
            ("Ce qui ne porte sur personne", [("", without)]),
            ("À compléter", [(question, "") for question in QUESTIONS]),
        ],
    )


def report_rows(report: PurgeReport | None) -> list[dict[str, Any]]:
    """Return the lines of a report whose counts are not all zero; [] for None.

    Each line has the keys of `PurgeReport.lines`, and `why`: French texts with the number and the
    reason of the rows kept.
    """
    lines = report.lines if report else []
    return [
        {**line, "why": [f"{count} : {why}" for why, count in line["kept"].items()]}
        for line in lines
        if line["erased"] or line["warned"] or line["kept"]
    ]


def _facts_of(treatment: Treatment) -> Facts:
    return [
        ("But", treatment.purpose),
        ("Base légale", treatment.basis),
        ("Qui lit", treatment.readers),
        ("Durée", durations_of(treatment)),
        ("Données", data_of(treatment)),
        ("Source", treatment.source),
    ]


def _names_nobody(column: Column) -> bool:
    return column.treatment == NONE and column.fields == ("*",)


def _name_of(model: str) -> str:
    return str(apps.get_model(model)._meta.verbose_name)


def _label_of(model: str, field: str) -> str:
    """Return the French label of a field, with « (chiffré) » if its values are encrypted."""
    column = apps.get_model(model)._meta.get_field(field)
    label = str(getattr(column, "verbose_name", field))
    return f"{label} (chiffré)" if isinstance(column, Encrypted) else label
