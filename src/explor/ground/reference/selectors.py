"""Reference lists (countries, skills, sectors...), each stored in a CSV file under `data/`.

A row has a code, a label, an order (blank for alphabetical), the dates between which users may
choose it, a parent in this or another list, and a source; other columns go to `Term.extra`. The
names of countries and languages are blank in the files: they come from CLDR, through Babel. Other
tables under `data/` give the département of a postcode, the countries that receive aid, the public
e-mail providers and the ROME codes of skills.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from babel import Locale
from django.utils import timezone

from explor.engines.french.families import singular
from explor.engines.french.order import fold as fold
from explor.engines.french.order import sort_key as sort_key
from explor.engines.french.words import SMALL

DATA = Path(__file__).parent / "data"
PARENTS = {
    "countries": "zones",
    "departments": "regions",
    "mission_types": "mission_purposes",
    "skills": "sectors",
    "structure_types": "structure_types",
}
OWN_COLUMNS = {"code", "label", "order", "active_from", "active_to", "parent", "source"}

# Postcodes that do not start with the code of their only département (official geographic code):
# part of Orly airport, Saint-Barthélemy, Saint-Martin, and Clipperton, which belongs to none.
ODD_POSTCODES = {"94390": "91", "97133": "977", "97150": "978", "98799": None}
SAINT = {"st": "saint", "ste": "sainte"}


class UnknownTerm(LookupError):
    """The error raised for a reference list or a code that does not exist."""


@dataclass(frozen=True, kw_only=True)
class Term:
    """One row of a reference list; `extra` holds the columns that have no field here.

    `parent` is the code of another term. `order` is 0 when the list is sorted alphabetically.
    """

    code: str
    label: str
    parent: str = ""
    order: int = 0
    active_from: date | None = None
    active_to: date | None = None
    source: str = ""
    extra: Mapping[str, str] = field(default_factory=dict, hash=False)

    def is_active(self, on: date) -> bool:
        """Return whether users may choose the term that day; retired terms are still displayed."""
        return (self.active_from or date.min) <= on <= (self.active_to or date.max)

    @property
    def names(self) -> list[str]:
        """Return all names of the term: its code, its label and its synonyms."""
        return [self.code, self.label, *filter(None, self.extra.get("synonyms", "").split(";"))]


def lists() -> list[str]:
    """Return the names of the reference lists."""
    return sorted(path.stem for path in DATA.glob("*.csv"))


@cache
def terms(name: str) -> Mapping[str, Term]:
    """Return the terms of a list by code, in display order, retired terms included.

    Raises:
        UnknownTerm: there is no list of this name.
    """
    path = DATA / f"{name}.csv"
    if name not in lists():
        raise UnknownTerm(f"no reference list « {name} »; there are: {', '.join(lists())}")
    names = _names_of(name)
    with path.open(encoding="utf-8", newline="") as rows:
        items = [_term(row, names) for row in csv.DictReader(rows)]
    items.sort(key=lambda term: (term.order, sort_key(term.label)))
    return MappingProxyType({term.code: term for term in items})


def term(name: str, code: str) -> Term:
    """Return the term of a list with this code; raise `UnknownTerm` when there is none."""
    try:
        return terms(name)[code]
    except KeyError:
        raise UnknownTerm(f"no code « {code} » in the reference list « {name} »") from None


def label(name: str, code: str) -> str:
    """Return the French label of a code of a list; raise `UnknownTerm` when there is none."""
    return term(name, code).label


def verb_label(verb: str, kind: str = "") -> str:
    """Return the French name of a verb, or the verb itself, with spaces, when it has none.

    Args:
        verb: the name of the verb.
        kind: the label of a model, such as "needs.need", for which the verb may have its own name.
    """
    known = terms("verbs")
    term = known.get(f"{kind}.{verb}") or known.get(verb)
    return term.label if term else verb.replace("_", " ")


def choices(name: str, *, on: date | None = None) -> list[tuple[str, str]]:
    """Return the (code, label) pairs that a form offers on the day `on`, today by default.

    Raise `UnknownTerm` if there is no such list.
    """
    day = on or timezone.localdate()
    return [(each.code, each.label) for each in terms(name).values() if each.is_active(day)]


def grouped_choices(
    name: str, *, on: date | None = None
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the choices of a list grouped by parent, as (label of the parent, choices) pairs.

    A term without parent is left out. Raise KeyError for a list without parents.
    """
    groups: dict[str, tuple[str, list[tuple[str, str]]]] = {
        code: (each.label, []) for code, each in terms(PARENTS[name]).items()
    }
    for code, text in choices(name, on=on):
        if parent := terms(name)[code].parent:
            groups[parent][1].append((code, text))
    return [(title, pairs) for title, pairs in groups.values() if pairs]


def find(name: str, text: str) -> Term | None:
    """Return the term with this code, label or synonym, ignoring case and accents; else None.

    Raise `UnknownTerm` if there is no such list.
    """
    return _index(name).get(fold(text))


def other_names(name: str, text: str) -> tuple[str, ...]:
    """Return the other names of the term of a list that `text` names; () if it names none.

    Accents, case, plurals and words such as articles are ignored. The label of a term gives its
    synonyms; a synonym, which may be narrower than the term, gives the label only.
    """
    return _other_names_by_key(name).get(_key(text), ())


def _key(text: str) -> str:
    return " ".join(singular(word) for word in fold(text).split() if word not in SMALL)


@cache
def _other_names_by_key(name: str) -> Mapping[str, tuple[str, ...]]:
    result: dict[str, tuple[str, ...]] = {}
    for each in terms(name).values():
        for synonym in each.names[2:]:
            result[_key(synonym)] = (*result.get(_key(synonym), ()), each.label)
    return result | {_key(each.label): tuple(each.names[2:]) for each in terms(name).values()}


SHARED = re.compile(r"\s+(?:et|and|&|\+)\s+|\s*[;/·\n]\s*|\s+[-–—]\s+")
BRACKETS = re.compile(r"\s*[(\[]([^)\]]*)[)\]]\s*")
LONGEST = 6  # maximum number of commas in a label of a list


def labels_of(name: str, texts: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return (labels of a list that the texts mean, French remarks); keep unknown texts unchanged.

    « Mali et Niger » gives both labels. The texts « Eau » and « assainissement », a label cut at
    its comma, give that single label. Remarks say what was left out or is not in the list.
    """
    labels: dict[str, None] = {}
    remarks: list[str] = []
    at = 0
    while at < len(texts):
        width, matched = _longest(name, texts[at:])
        if matched:
            labels |= dict.fromkeys(term.label for term in matched)
            aside = BRACKETS.search(texts[at]) if width == 1 else None
            if aside and find(name, texts[at]) is None:
                remarks.append(f"« {aside[1]} » non gardé")
        else:
            labels[texts[at]] = None
            remarks.append(f"« {texts[at][:60]} » n’est pas dans nos listes")
        at += width
    return tuple(labels), tuple(remarks)


def _longest(name: str, texts: Sequence[str]) -> tuple[int, list[Term]]:
    """Return how many of the first texts form one label when joined, and the terms they mean."""
    for width in range(min(LONGEST, len(texts)), 1, -1):
        if term := find(name, ", ".join(texts[:width])):
            return width, [term]
    return 1, _meant(name, texts[0])


def _meant(name: str, text: str) -> list[Term]:
    if term := _named(name, text):
        return [term]
    parts = [_named(name, part) for part in SHARED.split(text)]
    if len(parts) > 1 and all(parts):
        return [part for part in parts if part]
    bare = BRACKETS.sub(" ", text).strip()
    return _meant(name, bare) if bare and bare != text else []


def _named(name: str, text: str) -> Term | None:
    """Return the term named by a text; a country also by its English name or three-letter code."""
    if term := find(name, text):
        return term
    code = _other_names().get(fold(text)) if name == "countries" else None
    return terms(name).get(code) if code else None


@cache
def _other_names() -> Mapping[str, str]:
    """Return {English name or ISO 3166-1 alpha-3 code: code} for all countries."""
    english = {fold(text): code for code, text in Locale("en").territories.items()}
    return english | {fold(term.extra["iso3"]): term.code for term in terms("countries").values()}


def department_of(postcode: str, commune: str = "") -> str | None:
    """Return the code of the département of a French postcode; None if unknown or invalid.

    A few postcodes serve several départements, see `departments_sharing`: the commune then
    determines the result, which is None if no such commune has this postcode.
    """
    digits = re.sub(r"\s", "", postcode)
    if not re.fullmatch(r"[0-9]{5}", digits):
        return None
    if digits in _shared_postcodes():
        return _shared_postcodes()[digits].get(_commune_key(commune))
    if digits in ODD_POSTCODES:
        return ODD_POSTCODES[digits]
    prefix = digits[:3] if digits.startswith(("97", "98")) else digits[:2]
    if prefix == "20":
        prefix = "2A" if digits < "20200" else "2B"
    return prefix if prefix in terms("departments") else None


def departments_sharing(postcode: str) -> list[str]:
    """Return the codes of the départements that share a postcode; [] if there is only one."""
    communes = _shared_postcodes().get(re.sub(r"\s", "", postcode), {})
    return sorted(set(communes.values()))


@cache
def _shared_postcodes() -> Mapping[str, Mapping[str, str]]:
    """Return {postcode: {commune: département}} for the postcodes of several départements."""
    results: dict[str, dict[str, str]] = {}
    for row in rows_of("postcodes/shared"):
        communes = results.setdefault(row["postcode"], {})
        communes[_commune_key(row["commune"])] = row["department"]
    return results


def _commune_key(name: str) -> str:
    return " ".join(SAINT.get(word, word) for word in fold(name).split())


def receives_aid(country: str, on: date) -> bool | None:
    """Return whether a country is on the OECD list of recipients of development assistance.

    The list is that of the Development Assistance Committee on the day `on`. The result is None
    from the day on which the country's place on the list becomes uncertain.
    """
    row = _aid_recipients().get(country)
    if row is None or on > (_day(row["until"]) or date.max):
        return False
    return None if on >= (_day(row["check_from"]) or date.max) else True


@cache
def _aid_recipients() -> Mapping[str, Mapping[str, str]]:
    return {row["country"]: row for row in rows_of("aid/recipients")}


@cache
def mailbox_providers() -> frozenset[str]:
    """Return the domains of public e-mail providers, which do not identify an organisation."""
    return frozenset(row["provider"] for row in rows_of("contacts/mailbox_providers"))


def rome_codes(skills: Sequence[str]) -> tuple[str, ...]:
    """Return the ROME 4.0 codes of macro-skills of the skills, each code once, in their order.

    A skill is a label, a code or a synonym of the list of skills; one that has no code in the
    table, or is not in the list, gives nothing.
    """
    named = filter(None, (find("skills", text) for text in skills))
    return tuple(dict.fromkeys(code for term in named for code in _rome().get(term.code, ())))


@cache
def _rome() -> Mapping[str, tuple[str, ...]]:
    results: dict[str, tuple[str, ...]] = {}
    for row in rows_of("rome/skills"):
        results[row["skill"]] = (*results.get(row["skill"], ()), row["rome"])
    return results


def rows_of(table: str) -> list[dict[str, str]]:
    """Return the rows of a CSV table under `data/` that is not a list of terms."""
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _names_of(name: str) -> Mapping[str, str]:
    french = Locale("fr")
    named = {"countries": french.territories, "languages": french.languages}
    return named.get(name, {})


def _term(row: dict[str, str], names: Mapping[str, str]) -> Term:
    extra = {column: value for column, value in row.items() if column not in OWN_COLUMNS}
    return Term(
        code=row["code"],
        # The typographic apostrophe everywhere, as in CLDR.
        label=(row["label"] or names[row["code"]]).replace("'", "’"),
        parent=row["parent"],
        order=int(row["order"] or 0),
        active_from=_day(row["active_from"]),
        active_to=_day(row["active_to"]),
        source=row["source"],
        extra=MappingProxyType(extra),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def _index(name: str) -> Mapping[str, Term]:
    """Return {name without accents, in lower case: term} for all names of the terms of a list.

    When two terms share a name, the label or code of one wins over the synonym of another.
    """
    every = terms(name).values()
    synonyms = {fold(text): each for each in every for text in each.names[2:]}
    return synonyms | {fold(text): each for each in every for text in each.names[:2]}
