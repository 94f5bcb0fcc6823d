"""Sectors and Sustainable Development Goals of an activity and of its transactions."""

import re
from typing import Any

from explor.engines.formats.sheets import Goal

from ._dac import dac_name
from ._remarks import Remarks
from ._texts import name_of

DAC = (None, "", "1", "DAC")
CATEGORIES = ("2", "DAC-3")
GOALS = (("tag", "2"), ("sector", "7"), ("tag", "3"), ("sector", "8"))
OWN_VOCABULARY = "/api/v1/referentiels/sectors"
WORDS = re.compile(r"[^\W\d_][^\d_]{4,}")  # a code that is a name, as « Health » or « Food aid »


def _every(activity: Any) -> list[Any]:
    return [*activity.findall("sector"), *activity.findall("transaction/sector")]


def sectors_of(activity: Any, remarks: Remarks) -> tuple[str, ...]:
    """Return the names of the sectors without duplicates; DAC sectors have their code too.

    A file written by Explor contains both Explor's sectors and DAC sectors: only the former are
    returned.
    """
    every = [each for each in _every(activity) if each.get("vocabulary") not in ("7", "8")]
    own = [e for e in every if (e.get("vocabulary-uri") or "").endswith(OWN_VOCABULARY)]
    names = (_sector(each, remarks) for each in own or every)
    return tuple(dict.fromkeys(filter(None, names)))


def _sector(element: Any, remarks: Remarks) -> str | None:
    code, vocabulary = (element.get("code") or "").strip(), element.get("vocabulary")
    if vocabulary in DAC or vocabulary in CATEGORIES:
        name = dac_name(code) or name_of(element)
        if name or code:
            return f"{name} (CAD {code})" if name and code else name or f"CAD {code}"
    if name := name_of(element) or (code if WORDS.fullmatch(code) else None):
        return name
    detail = f"code {code[:40]}" if code else "sans code"
    remarks.count("secteur sans nom connu", "secteurs sans nom connu", 1, detail)
    return None


def goals_of(activity: Any, remarks: Remarks) -> tuple[Goal, ...]:
    goals, targets = [], 0
    for each in (*activity.findall("tag"), *_every(activity)):
        pair = (each.tag, each.get("vocabulary"))
        if pair in GOALS:
            number, _, target = (each.get("code") or "").partition(".")
            targets += bool(target)
            if number.isdecimal() and 1 <= int(number) <= 17:
                goals.append(Goal(number=int(number)))
            else:
                remarks.add(f"ODD inconnu : « {(each.get('code') or '')[:20]} ».")
        elif each.tag == "tag":
            remarks.count("étiquette", "étiquettes")
    remarks.count("cible d’ODD", "cibles d’ODD", targets, "seul l’objectif est repris")
    return tuple(goals)
