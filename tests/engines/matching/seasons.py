"""Small seasons (needs and experts), invented from a random seed, in which every rule applies."""

import random
from datetime import date, timedelta

from explor.engines.matching import Expert, Language, Need, Period, Scheme, Settings

FIRST = date(2027, 3, 1)
TODAY = date(2027, 1, 10)
NETWORKS = ("resacoop", "centraider")
TOPICS = {
    "eau": "forage, pompes, adduction d'eau potable et entretien des réseaux",
    "santé": "soins infirmiers, maternité, hygiène et prévention",
    "maraîchage": "agroécologie, semences, compost et irrigation des maraîchages",
    "déchets": "collecte, tri, compostage et valorisation des déchets",
    "budget": "comptabilité, budget, suivi financier et gouvernance associative",
}


def span(draw: random.Random, shortest: int, longest: int) -> Period:
    start = FIRST + timedelta(days=draw.randrange(60))
    return Period(start=start, end=start + timedelta(days=draw.randrange(shortest, longest)))


def need(draw: random.Random, k: int) -> Need:
    topic = draw.choice(sorted(TOPICS))
    return Need(
        id=f"n{k}",
        title=f"Appui {topic}",
        text=f"Former une équipe : {TOPICS[topic]}.",
        skills=(topic,),
        languages=(Language(code="pt", level="B1"),) if draw.random() < 0.2 else (),
        team_languages=(Language(code="es", level="A2"),) if draw.random() < 0.2 else (),
        country=draw.choice(["MG", "SN", "SY"]),
        window=span(draw, 12, 40),
        days=draw.randrange(7, 13),
        seats=draw.choice([1, 1, 2, 3]),
        network=draw.choice(NETWORKS),
        association=draw.choice(["Eaux vives", "Semis"]),
    )


def expert(draw: random.Random, k: int) -> Expert:
    topic = draw.choice(sorted(TOPICS))
    file_by = TODAY + timedelta(days=draw.randrange(-5, 80))
    return Expert(
        id=f"e{k}",
        text=f"Dix ans de {topic}\n{TOPICS[topic]}",
        skills=(topic,),
        languages=tuple(
            Language(code=code, level=draw.choice(["A1", "B1", "C1"]))
            for code in ("pt", "es")
            if draw.random() < 0.6
        ),
        availability=tuple(span(draw, 5, 50) for _ in range(draw.randrange(3))),
        load=draw.choice([1, 1, 2, 3]),
        network=draw.choice(NETWORKS),
        shared_with=NETWORKS if draw.random() < 0.4 else (),
        employer=draw.choice(["", "Mairie", "Usine", "Clinique"]),
        conflicts=("Semis",) if draw.random() < 0.1 else (),
        missions_done=draw.randrange(3),
        schemes=(Scheme(code="csi", verdict="open", file_by=file_by),)
        if draw.random() < 0.3
        else (),
    )


def season(seed: int, needs: int = 6, experts: int = 12) -> tuple[list[Need], list[Expert]]:
    draw = random.Random(seed)
    return [need(draw, k) for k in range(needs)], [expert(draw, k) for k in range(experts)]


CALL = Settings(today=TODAY, closed_countries=frozenset({"SY"}), reserves=2)
