"""Rankings and plans as JSON values, and as sheets of a workbook."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from explor.engines.matching.records import PARTS, Candidate, Need, Plan

from ._fields import EXPERT, NEED, PAIR, Column
from ._tables import Sheet

Ranked = Sequence[tuple[Need, list[Candidate]]]

GUIDE = (
    "Une ligne par besoin, une ligne par personne. Ne changez pas les titres des colonnes.",
    "Plusieurs valeurs dans une case : séparez-les par un point-virgule.",
    "Langues : code et niveau, par exemple « pt B1; en C1 » (niveaux A1, A2, B1, B2, C1, C2).",
    "Dates : 2027-03-31 ou 31/03/2027. Périodes : « 2027-03-01 au 2027-05-31 ».",
    "Pays : code en deux lettres (MG pour Madagascar).",
    "Cadres de départ : code, avis (ouvert, fermé, à vérifier), date limite de dépôt.",
    "Colonnes obligatoires : identifiant ; pour un besoin, aussi la période et les jours.",
    "Puis : explor match plan --needs FICHIER.xlsx --experts FICHIER.xlsx --out plan.xlsx",
)


def ranking_json(ranked: Ranked) -> list[dict[str, Any]]:
    """Return one dict per need: `need` is its id, `experts` its candidates as dicts, best first.

    Dates remain `date` objects.
    """
    return [
        {"need": need.id, "experts": [asdict(candidate) for candidate in candidates]}
        for need, candidates in ranked
    ]


def ranking_sheets(ranked: Ranked) -> list[Sheet]:
    heads = ["Besoin", "Titre", "Rang", "Personne", "Possible", "Score sur 100"]
    heads += [*PARTS.values(), "Pourquoi", "Ce qui empêche", "Ce qui changerait", "Extraits"]
    rows = []
    for need, candidates in ranked:
        for rank, c in enumerate(candidates, start=1):
            row: list[object] = [
                need.id,
                need.title,
                rank,
                c.expert,
                "oui" if c.eligible else "non",
            ]
            row += [round(100 * c.score, 1), *(round(100 * c.parts[p], 1) for p in PARTS)]
            row += [" ".join(c.reasons), " ".join(c.blockers)]
            row.append(" ".join(f"{f.change} ({100 * f.score:.0f})" for f in c.fits_if))
            row.append(" / ".join(q.line for q in c.quotes))
            rows.append(row)
    return [Sheet(name="Classement", heads=heads, rows=rows)]


def plan_json(planned: Plan) -> dict[str, Any]:
    """Return the plan as nested dicts, by attribute of `Plan`; dates remain `date` objects."""
    return asdict(planned)


def plan_sheets(planned: Plan, needs: Sequence[Need]) -> list[Sheet]:
    """Return the sheets of a plan: pairs, reserves, empty seats, profiles to recruit, summary."""
    titles = {need.id: need.title for need in needs}
    heads = ["Besoin", "Titre", "Personne", "Début", "Fin", "Score sur 100"]

    def line(a: Any) -> list[object]:
        return [a.need, titles[a.need], a.expert, a.start, a.end, round(100 * a.score, 1)]

    return [
        Sheet(name="Plan", heads=heads, rows=[line(a) for a in planned.assignments]),
        Sheet(
            name="Réserve",
            heads=heads,
            rows=[line(place) for reserve in planned.reserves for place in reserve.places],
        ),
        Sheet(
            name="Besoins à pourvoir",
            heads=["Besoin", "Titre", "Places vides", "Raisons"],
            rows=[
                [u.need, titles[u.need], u.missing, " ".join(u.reasons)] for u in planned.unfilled
            ],
        ),
        Sheet(
            name="Profils recherchés",
            heads=["Profil", "Places pourvues en plus", "Besoins", "En clair"],
            rows=[[w.expertise, w.value, ", ".join(w.needs), w.text] for w in planned.wanted],
        ),
        Sheet(name="Lisez-moi", heads=["Ce plan", ""], rows=_about(planned)),
    ]


def _about(planned: Plan) -> list[list[object]]:
    proven = "oui : aucun plan n'est meilleur" if planned.status == "optimal" else "non prouvé"
    return [
        ["Meilleur plan possible", proven],
        ["Somme des scores", planned.objective],
        ["Maximum possible", planned.bound],
        ["Personnes placées", len(planned.assignments)],
        ["Places vides", sum(u.missing for u in planned.unfilled)],
        ["Personnes du plan précédent gardées", planned.kept],
        ["Ordre des buts", "besoins servis, places pourvues, équité, scores, stabilité"],
        ["Tirage des égalités", planned.seed],
        ["Empreinte des données", planned.digest[:16]],
    ]


def template_sheets() -> list[Sheet]:
    """Return the sheets of the workbook to fill in: a guide, and tables with an example row."""

    def blank(name: str, columns: Sequence[Column]) -> Sheet:
        heads = [column.french for column in columns]
        return Sheet(name=name, heads=heads, rows=[[column.example for column in columns]])

    return [
        Sheet(name="Lisez-moi", heads=["Mode d'emploi"], rows=[[text] for text in GUIDE]),
        blank("Besoins", NEED),
        blank("Personnes", EXPERT),
        Sheet(name="Imposés", heads=[c.french for c in PAIR], rows=[]),
        Sheet(name="Interdits", heads=[c.french for c in PAIR], rows=[]),
    ]
