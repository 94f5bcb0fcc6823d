"""Invented French sheets, whose values are as unequally frequent as in real ones.

The same number always gives the same sheet.
"""

import json
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from explor.engines.formats import Goal, LeadOrganisation, PartialDate, Sheet, StructureType
from explor.ground.reference.selectors import terms

COUNTRIES, SECTORS, FUNDERS, LEAD_ORGANISATIONS = 60, 12, 240, 3000
QUARTER, USUAL = "gouvernance", "fontaines"  # words in one sheet of four, and of fifty
PARTS = {"context": 7, "audiences": 2, "local_partners": 2, "objectives": 4, "activities": 5,
         "results": 3}  # fmt: skip


@cache
def phrases() -> dict[str, Any]:
    """Return the words and sentences among which to choose at random, by name of list."""
    return dict(json.loads(Path(__file__).with_name("phrases.json").read_text(encoding="utf-8")))


def sheet(number: int, *, brief: bool = False) -> Sheet:
    """Return the sheet with that number: some 2,600 characters of text, 1,500 when `brief`."""
    random = Random(number)
    phrases_, place = phrases(), name(random)
    country = skewed(random, _countries())
    start = PartialDate(
        year=2026 - min(int(random.expovariate(0.22)), 20), month=random.randint(1, 12)
    )
    texts = {
        part: "\n\n".join(
            _sentences(random, place, max(1, round(count * 0.62)) if brief else count)
        )
        for part, count in PARTS.items()
    }
    if random.random() < 0.25:
        texts["activities"] += "\n\n" + _said(random, phrases_["quarter"], place)
    if random.random() < 0.02:
        texts["objectives"] += "\n\n" + _said(random, phrases_["usual"], place)
    return Sheet(
        title=f"{random.choice(phrases_['acts'])} {random.choice(phrases_['things'])} à {place}",
        start=start,
        end=PartialDate(year=start.year + random.randint(1, 3)),
        locality=place,
        countries=(country, *((skewed(random, _countries()),) if random.random() < 0.06 else ())),
        sectors=tuple({skewed(random, _labels("sectors")[:SECTORS]): None for _ in range(2)}),
        goals=tuple(Goal(number=n) for n in random.sample(range(1, 18), random.randint(1, 4))),
        regional_funders=(_funder(random),),
        other_funders=(_funder(random),) if random.random() < 0.5 else (),
        lead_organisation=_lead_organisation(random),
        **texts,
    )  # fmt: skip


def skewed(random: Random, values: Sequence[str]) -> str:
    """Choose a value at random by Zipf's law: the n-th is n times rarer than the first."""
    return random.choices(values, cum_weights=_weights(len(values)))[0]


def name(random: Random) -> str:
    """Return the name of a place that does not exist."""
    return "".join(random.choices(phrases()["syllables"], k=random.randint(3, 4))).capitalize()


@cache
def _weights(count: int) -> list[float]:
    return list(accumulate(1 / rank for rank in range(1, count + 1)))


@cache
def _labels(reference: str) -> list[str]:
    return [
        term.label for term in terms(reference).values() if reference == "sectors" or term.parent
    ]


@cache
def _countries() -> list[str]:
    return Random(7).sample(_labels("countries"), COUNTRIES)


@cache
def _funders() -> list[str]:
    random = Random(8)
    return [f"{random.choice(phrases()['funders'])} de {name(random)}" for _ in range(FUNDERS)]


def _funder(random: Random) -> str:
    return skewed(random, _funders())


@cache
def _lead_organisations() -> list[LeadOrganisation]:
    random = Random(9)
    return [
        LeadOrganisation(
            name=f"{random.choice(phrases()['orders'])} {name(random)}",
            structure_types=(StructureType(type=skewed(random, _labels("structure_types"))),),
            address=f"{random.randint(1, 90)} rue des Essais, {random.randint(1, 95):02d}100 Ville",
        )
        for _ in range(LEAD_ORGANISATIONS)
    ]


def _lead_organisation(random: Random) -> LeadOrganisation:
    return random.choice(_lead_organisations())


def _sentences(random: Random, place: str, count: int) -> list[str]:
    return [_said(random, each, place) for each in random.sample(phrases()["sentences"], count)]


def _said(random: Random, sentence: str, place: str) -> str:
    phrases_ = phrases()
    said = sentence.format(
        place=place,
        number=random.randint(3, 90),
        thing=random.choice(phrases_["things"]),
        people=random.choice(phrases_["people"]),
        means=random.choice(phrases_["means"]),
        trouble=random.choice(phrases_["troubles"]),
    )
    return said[0].upper() + said[1:]
