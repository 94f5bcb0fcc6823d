"""The tables published as files (sheets, needs, organisations), with their columns explained."""

from collections.abc import Sequence

from .. import engine
from . import records
from .places import place_abroad, place_in_france
from .records import Record

SHEET = {
    "identifiant": "nom de la fiche dans son adresse",
    "adresse": "page publique de la fiche",
    "reseau": "code du réseau qui la publie",
    "publiee_le": "jour de la première publication",
    "confirmee_le": "dernier jour où quelqu’un a dit qu’elle était juste",
    "titre": "titre du projet",
    "statut": "à venir, en cours, terminé, à confirmer : d’après les dates, sinon le porteur",
    "debut": "2022, 2022-12 ou 2022-12-03 selon ce qui est connu",
    "fin": "de même",
    "localite": "lieu, tel qu’il est écrit",
    "zones": "zones géographiques, séparées par « | » ; dans un nom, « \\ » précède ce signe",
    "pays": "noms des pays, séparés par « | »",
    "budget": "montant total",
    "monnaie": "code ISO de la monnaie du budget",
    "financeurs_regionaux": "séparés par « | »",
    "financeurs_nationaux": "séparés par « | »",
    "autres_financeurs": "séparés par « | »",
    "secteurs": "secteurs d’activité, séparés par « | »",
    "odd": "numéros des objectifs de développement durable",
    "porteur": "association ou collectivité qui porte le projet",
    "type_structure": "sorte de structure du porteur",
    "contexte": "texte, en Markdown",
    "publics": "texte, en Markdown",
    "partenaires_locaux": "texte, en Markdown",
    "objectifs": "texte, en Markdown",
    "activites": "texte, en Markdown",
    "resultats": "texte, en Markdown",
    "odd_poids": "objectifs principaux ou significatifs, quand la fiche le dit",
    "liens": "un par ligne, en Markdown",
    "porteur_pays": "pays où le porteur agit, séparés par « | »",
    "porteur_secteurs": "secteurs du porteur, séparés par « | »",
    "porteur_adresse": "adresse du porteur",
}
NEED = {
    "id": "numéro du besoin",
    "titre": "titre de la mission",
    "objectifs": "ce que la mission doit permettre",
    "pays": "code ISO du pays",
    "lieu": "lieu, tel qu’il est écrit",
    "jours": "durée sur place, en jours",
    "du": "départ au plus tôt",
    "au": "retour au plus tard",
    "places": "places encore libres",
    "secteurs": "codes des secteurs, séparés par « | »",
    "competences": "séparées par « | »",
    "langues": "code et niveau, séparés par « | »",
    "association": "association qui demande",
    "reseau": "code du réseau",
}
ORGANISATION = {
    "slug": "identifiant",
    "nom": "nom de l’association",
    "sorte": "association",
    "type_structure": "code de la sorte de structure",
    "siren": "numéro SIREN",
    "rna": "numéro au répertoire national des associations",
    "departement": "code du département",
    "commune": "commune du siège",
    "site": "site web",
    "reseau": "code du réseau qui l’a vérifiée",
    "fiches": "nombre de fiches publiées",
}
IDENTITY = ("slug", "url", "reseau", "publiee_le", "confirmee_le")
DRAWN = ("titre", "statut", "debut", "fin", "localite", "porteur", "secteurs", "odd")
if tuple(SHEET)[len(IDENTITY) :] != engine.SHEET_COLUMNS:
    raise RuntimeError("les colonnes des fiches ont changé : leur sens est à écrire ici")


def sheet_row(record: Record) -> Sequence[engine.Cell]:
    cells = engine.row_from_json(record["fiche"] | {"status": record["statut"]})
    return (*(record[name] for name in IDENTITY), *cells)


def sheet_properties(record: Record) -> Record:
    """Return the properties of a project sheet on a map (GeoJSON), from its record."""
    named = dict(zip(SHEET, sheet_row(record), strict=True))
    own = {name: record[name] for name in (*IDENTITY, "pays")}
    return own | {name: named[name] for name in DRAWN}


def need_row(record: Record) -> Sequence[engine.Cell]:
    languages = [f"{each['code']} {each['niveau']}" for each in record["langues"]]
    lists = {name: " | ".join(record[name]) or None for name in ("secteurs", "competences")}
    values = record | lists | {"langues": " | ".join(languages) or None}
    return [values[name] for name in NEED]


SHEETS = engine.Table(
    columns=SHEET,
    records=records.sheet_records,
    row=sheet_row,
    key="slug",
    place=lambda record: place_abroad(record["pays"], record["fiche"].get("locality") or ""),
    properties=sheet_properties,
)
NEEDS = engine.Table(
    columns=NEED,
    records=records.need_records,
    row=need_row,
    key="id",
    place=lambda record: place_abroad([record["pays"]], record["lieu"] or ""),
    properties=dict,
)
ORGANISATIONS = engine.Table(
    columns=ORGANISATION,
    records=records.organisation_records,
    row=lambda record: [record[name] for name in ORGANISATION],
    key="slug",
    place=lambda record: place_in_france(record["departement"]),
    properties=dict,
)
