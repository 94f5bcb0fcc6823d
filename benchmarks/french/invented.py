"""Invented sheets and searches in French, whose expected results are known by construction.

`words.txt` lists notions and their forms. Each form is written in a few sheets, in several
typographic ways; a search for one form expects every sheet of its notion, and no other sheet. The
same seed always gives the same searches.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from random import Random

WORDS = Path(__file__).with_name("words.txt")
# Words for which nothing of the search was chosen; those of all but the last were looked at since.
UNSEEN = tuple(WORDS.with_name(f"unseen{number}.txt") for number in ("", 2, 3, 4))
WRITTEN = 3  # sheets in which each form is written
TOGETHER = 3  # forms in a sheet: in its title, its purpose and its context
# How many searches of each kind.
QUOTAS = {
    "plain": 20, "accents": 30, "typography": 25, "elision": 20, "number": 30, "gender": 30,
    "family": 45, "compound": 20, "typo": 30, "several": 20, "absent": 30,
}  # fmt: skip
NO_BREAK, SOFT_HYPHEN = "\N{NO-BREAK SPACE}", "\N{SOFT HYPHEN}"
PLACES = (
    ("Ensemble, {} pour demain", "Une saison avec {}", "Autour de ce sujet : {}"),
    ("Il s’agit de soutenir {} dans trois vallées.", "Deux groupes veulent {}, dit le texte."),
    (
        "On y parle de {} chaque semaine.",
        "Le mot {} revient souvent.",
        "Chacun sait que {} compte.",
    ),
)


@dataclass(frozen=True, kw_only=True)
class Notion:
    """The forms of a notion, written in the sheets.

    `query`, if any, is a search that must find none of these sheets, although a form resembles it.
    """

    kind: str
    forms: tuple[str, ...]
    query: str = ""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The texts of a sheet, and the ranks of its notions in the list of notions."""

    title: str
    purpose: str
    rest: str
    notions: frozenset[int]


@dataclass(frozen=True, kw_only=True)
class Search:
    """Searched words, and the ranks of the sheets that should be found."""

    kind: str
    text: str
    expected: frozenset[int]


def notions(path: Path = WORDS) -> list[Notion]:
    """Return the notions of a file; raise ValueError if two of them share a form."""
    result: list[Notion] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        kind, _, rest = line.partition(": ")
        query, bar, forms = rest.rpartition(" | ")
        words = tuple(forms.split(", "))
        result.append(Notion(kind=kind, forms=words, query=query if bar else ""))
    every = [bare(form) for each in result for form in (*each.forms, each.query) if form]
    if twice := {form for form in every if every.count(form) > 1}:
        raise ValueError(f"forms in two notions: {sorted(twice)}")
    return result


def sheets(known: list[Notion]) -> list[Sheet]:
    """Return the sheets: each form in some of them, each time written in another way."""
    random, ways = Random(1), cycle(WAYS)
    written = [
        (rank, next(ways)(form))
        for rank, notion in enumerate(known)
        for form in notion.forms
        for _ in range(WRITTEN)
    ]
    random.shuffle(written)
    result = []
    for at in range(0, len(written), TOGETHER):
        group = written[at : at + TOGETHER]
        texts = [random.choice(places).format(form) for places, (_, form) in zip(PLACES, group)]  # noqa: B905
        title, purpose, rest = (texts + ["Rien.", "Rien."])[:3]
        ranks = frozenset(rank for rank, _ in group)
        result.append(Sheet(title=title, purpose=purpose, rest=rest, notions=ranks))
    return result


def searches(known: list[Notion], made: list[Sheet], seed: int = 1) -> list[Search]:
    """Return the searches of each kind, as many as its quota or as there are."""
    holders: dict[int, set[int]] = defaultdict(set)
    for at, sheet in enumerate(made):
        for rank in sheet.notions:
            holders[rank].add(at)
    result: list[Search] = []
    for kind, quota in QUOTAS.items():
        random = Random(f"{seed} {kind}")
        every = list(
            _several(known, made, random) if kind == "several" else _of(kind, known, random)
        )
        for text, ranks in random.sample(every, min(quota, len(every))):
            expected = set.intersection(*(holders[rank] for rank in ranks)) if ranks else set()
            result.append(Search(kind=kind, text=text, expected=frozenset(expected)))
    return result


def bare(text: str) -> str:
    """Return a text in lower case, without accents."""
    spread = unicodedata.normalize("NFD", text.lower().replace("œ", "oe"))
    return "".join(c for c in spread if not unicodedata.combining(c))


def _of(kind: str, known: list[Notion], random: Random) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the possible searches of one kind, each with the ranks of the notions searched."""
    for rank, notion in enumerate(known):
        if notion.query:
            if kind == "absent":
                yield notion.query, ()
            continue
        form = random.choice(notion.forms)
        if kind == notion.kind:
            yield from ((each, (rank,)) for each in notion.forms[1:])
        elif kind in MADE:
            if (text := MADE[kind](form, random)) and text != form:
                yield text, (rank,)
        elif kind == "plain":
            yield notion.forms[0], (rank,)


def _several(
    known: list[Notion], made: list[Sheet], random: Random
) -> Iterator[tuple[str, tuple[int, ...]]]:
    for sheet in made:
        ranks = [rank for rank in sorted(sheet.notions) if not known[rank].query]
        if len(ranks) > 1:
            first, second = random.sample(ranks, 2)
            words = random.choice(("{} et {}", "{} pour les {}", "{} {}", "{} dans la {}"))
            forms = [random.choice(known[rank].forms) for rank in (first, second)]
            yield words.format(*forms), (first, second)


def _elided(form: str, random: Random) -> str:
    if bare(form)[0] not in "aeiou":
        return ""
    return random.choice(("l’", "d’", "l'", "d'", "L’", "qu’")) + form


def _plural(form: str, random: Random) -> str:
    irregular = ("s", "x", "z", "au", "eu", "al", "ou", "ail", "er")
    return "" if form.endswith(irregular) or not form.isalpha() else form + "s"


def _typed_otherwise(form: str, random: Random) -> str:
    return random.choice(
        (
            form.upper(), form.capitalize(), f"({form})", f"{form}{NO_BREAK}!", f"{form}…",
            unicodedata.normalize("NFD", form), f"«{NO_BREAK}{form}{NO_BREAK}»", f"– {form}",
            f"{NO_BREAK}{form},", form.replace("œ", "oe").replace("-", "‑").replace("’", "'"),
        )
    )  # fmt: skip


def _mistyped(form: str, random: Random) -> str:
    """Return a form with one fault: a letter dropped, doubled, swapped or replaced."""
    if len(form) < 6 or not form.isalpha():
        return ""
    at = random.randrange(1, len(form) - 1)
    before, letter, after = form[:at], form[at], form[at + 1 :]
    return random.choice(
        (
            before + after,
            before + letter + letter + after,
            before + after[0] + letter + after[1:],
            before + random.choice("aeinrst") + after,
        )
    )


def _without_accents(form: str, random: Random) -> str:
    return bare(form)


MADE: dict[str, Callable[[str, Random], str]] = {
    "accents": _without_accents,
    "elision": _elided,
    "number": _plural,
    "typo": _mistyped,
    "typography": _typed_otherwise,
}
WAYS: tuple[Callable[[str], str], ...] = (
    lambda form: form,
    lambda form: f"«{NO_BREAK}{form}{NO_BREAK}»",
    lambda form: f"l’{form}" if bare(form)[0] in "aeiou" else f"“{form}”",
    lambda form: form.upper(),
    lambda form: unicodedata.normalize("NFD", form),
    lambda form: f"{form}/{form}…",
    lambda form: form[:3] + SOFT_HYPHEN + form[3:],
)
