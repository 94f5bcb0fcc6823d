"""Sample data for the page `/ui/` that shows the components: usual, blank, late, very long."""

from datetime import date
from typing import Any

LONG = "Appui à la maîtrise d’ouvrage villageoise de l’eau et de l’assainissement " * 3
OUTLINE = "M10 0L40 8L52 30L44 62L58 88L40 120L18 132L6 100L14 70L0 40L4 16z"


def samples() -> dict[str, Any]:
    """Return sample props for the components of private pages, lists, forms and public pages."""
    return {**_file(), **_lists(), **_search(), **_confirmation(), **_figures(), **_public()}


def _file() -> dict[str, Any]:
    return {
        "now": {
            "title": "Le prochain geste : la Régie des eaux signe l’avenant, avant le 2 décembre.",
            "text": "Sans lui, les dates du 24 février ne valent pas.",
        },
        "versions": [
            {
                "label": "Dates",
                "value": "24 février – 5 mars 2027",
                "version": 2,
                "signed": "1 sur 3",
            },
            {
                "label": "Dates",
                "value": "10 – 19 février 2027",
                "version": 1,
                "signed": "3 sur 3, remplacée le 26 novembre",
                "was": True,
            },
            {"label": "Objectifs", "value": LONG, "version": 3, "signed": "arrêtés le 9 novembre"},
        ],
        "people": [
            {
                "name": "Rémi Tournebise",
                "role": "expert, agronome",
                "phone": "06 00 00 00 01",
                "email": "remi@exemple.fr",
                "hours": "8 h – 18 h",
            },
            {"name": LONG[:90].strip(), "role": "association"},
        ],
    }


def _lists() -> dict[str, Any]:
    return {
        "log": [
            {
                "when": date(2026, 12, 11),
                "note": "dans 11 j",
                "title": "Passeport valable six mois après le retour",
                "text": "Rémi Tournebise · jamais relancé",
                "ref": "M-2026-0037",
                "url": "#log",
                "verb": "Relancer",
                "verb_url": "#log",
                "used": 40,
            },
            {
                "when": date(2026, 11, 27),
                "note": "3 j de retard",
                "title": LONG.strip()[:200],
                "late": True,
                "used": 100,
                "ink": "late",
                "verb": "Noter",
                "verb_url": "#log",
            },
            {"when": "18 h", "note": "ce soir", "title": "Point avec l’association"},
        ],
        "weeks": [
            {
                "label": f"{day} déc.",
                "lines": [{"url": "#weeks", "ref": f"M-2026-00{day}", "text": "Allada, Bénin"}]
                * (day % 3),
            }
            for day in (7, 8, 9, 14, 15, 21, 28, 31)
        ],
    }


def _search() -> dict[str, Any]:
    return {
        "chips": [
            {"label": "Agriculture", "url": "#chips", "off": True},
            {"label": LONG[:70].strip(), "url": "#chips", "off": True},
            {"label": "De base", "url": "#chips", "current": True},
            {"label": "Équité", "url": "#chips"},
        ],
        "facets": [
            {
                "title": "Secteur",
                "name": "secteur",
                "choices": [
                    {"value": "AGRI", "label": "Agriculture", "count": 9, "checked": True},
                    {"value": "EAU", "label": "Eau et assainissement", "count": 5},
                ],
            },
            {
                "title": "Pays",
                "name": "pays",
                "choices": [{"value": "BJ", "label": "Bénin", "count": 12}],
            },
        ],
        "hits": [
            {
                "title": "Les comptes d’une coopérative de riz",
                "url": "#hits",
                "meta": "Madagascar · 2024 – 2026",
                "passage": "… le calendrier d’irrigation des parcelles du bas …",
                "where": "trouvé dans les résultats attendus",
            },
            {"title": LONG.strip()[:160], "url": "#hits", "meta": "Bénin"},
        ],
    }


def _confirmation() -> dict[str, Any]:
    return {
        "effects": [
            {
                "when": "18 h",
                "note": "ce soir",
                "title": "Les courriels partent, groupés.",
                "text": "Jusque-là, tout s’annule d’un geste.",
            },
            {
                "when": date(2026, 12, 6),
                "note": "sous 6 j",
                "title": "Chaque personne répond.",
                "text": "Vous êtes prévenu à chaque non.",
            },
        ],
        "recipients": [
            {
                "who": "Expertes et experts",
                "count": 31,
                "reads": "la mission, les dates",
                "url": "#x",
            },
            {"who": "Employeurs", "count": 24, "reads": "les dates, rien du score"},
        ],
        "undo": [
            ("Avant 18 h", "tout, d’un bouton"),
            ("Ensuite", "une proposition à la fois, tant qu’elle est sans réponse"),
        ],
    }


def _figures() -> dict[str, Any]:
    return {
        "money": [("b1", 552), ("b2", 1242), ("b3", 966)],
        "inks": [("b1", "payé"), ("b2", "engagé"), ("b3", "prévu"), ("room", "libre")],
        "strip": [
            {
                "label": "Fonjep",
                "figure": "45 600 €",
                "text": "à engager sur 95 000 €",
                "parts": [("b1", 28_500), ("b2", 20_900)],
                "total": 95_000,
                "share": "payé 30 %, engagé 22 %",
            },
            {
                "label": LONG[:80].strip(),
                "figure": "0 €",
                "text": "tout est engagé",
                "parts": [("b1", 10), ("b2", 10), ("b3", 10)],
                "total": 30,
            },
        ],
        "nums": [
            ("33", "missions parties, 9 déjà programmées"),
            ("19 jours", "pour répondre à un dossier sur deux"),
            (None, "employeurs ont prêté du temps"),
        ],
        "multi": [
            {"title": title, "accent": accent, "values": values, "goal": 8, "text": "par mois"}
            for title, accent, values in (
                ("RESACOOP", "garance", (2, 4, 3, 9, 6)),
                ("CENTRAIDER", "lagon", (1, 1, 2, 3, 2)),
                ("Le réseau au nom le plus long de tous", "olive", (0, 0, 5, 7, 12)),
            )
        ],
    }


def _public() -> dict[str, Any]:
    return {
        "sectors": ["EAU", "AGRI", "ENERGIE", "SANTE", "EDUC", "CULT", "URBA"],
        "outline": OUTLINE,
        "land": "M336 96h180M600 96h24M960 96h48M1032 96h504M336 108h180M1032 108h504",
        "places": [
            {
                "url": "#world",
                "label": "Bénin : 12 fiches",
                "name": "Bénin 12",
                "x": 980,
                "y": 400,
                "r": 20,
                "text_x": 1006,
                "text_y": 406,
            },
            {"url": "#world", "label": "Népal : 1 fiche", "x": 1380, "y": 300, "r": 9},
        ],
    }
