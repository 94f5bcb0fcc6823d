"""Hypothesis strategies for project sheets, with many texts that could break the layout."""

from decimal import Decimal

from hypothesis import strategies as st

from explor.engines.formats.sheets import (
    Goal,
    LeadOrganisation,
    Link,
    Money,
    PartialDate,
    Sheet,
    Status,
    StructureType,
)

TRAPS = [
    "--",
    "---",
    "# Contexte",
    "## Porteur du projet",
    "### Activités",
    "\\### Résultats",
    "\\\\# Contexte",
    "Contexte\n-------",
    "Contexte\n===",
    "**Budget** : 3",
    "Adresse : ici",
    "```",
    "````\n# Contexte",
    "~~~",
    "[a](#)",
    "[a](javascript:alert(1))",
    "[b]: javascript:x",
    "<script>alert(1)</script>",
    "\\<b>",
    "<https://exemple.fr>",
    "&amp;",
    "&lt;b&gt;",
    "- un\n- deux",
    "1. un",
    "> cité",
    "PROJET EN COURS",
    "Fiche projet - ",
    "a, b; c",
    "l’été",
    "e\u0301",
    "\u202e",
    "\u2028",
    "\x0b",
    "\xa0",
    "=1+1",
    "\ufffd",
    "C#",
    "*gras*",
    "__x__",
    "fin\\",
    "!",
    "Statut du projet",
    "ODD",
]
_pieces = st.one_of(st.sampled_from(TRAPS), st.text(max_size=8), st.sampled_from(" \n:-*#`\\[]()<"))
texts = st.lists(_pieces, max_size=7).map("".join)
names = st.lists(texts, max_size=3).map(tuple)


def _maybe(strategy):
    return st.none() | strategy


def _valid(build, **parts):
    """Return a strategy of valid instances: those that raise ValueError are generated again."""

    def attempt(values):
        try:
            return build(**values)
        except ValueError:
            return None

    return st.fixed_dictionaries(parts).map(attempt).filter(lambda built: built is not None)


dates = _valid(
    PartialDate,
    year=st.integers(1900, 2100),
    month=_maybe(st.integers(1, 12)),
    day=_maybe(st.integers(1, 31)),
)
budgets = st.builds(
    Money,
    amount=st.integers(0, 10**14).map(lambda cents: Decimal(cents) / 100),
    currency=st.sampled_from(["EUR", "USD", "XOF", "MAD", "KMF"]),
)
goals = st.builds(Goal, number=st.integers(1, 17), weight=st.sampled_from([None, 1, 2]))
urls = (
    st.sampled_from(["#", "https://exemple.fr/a(b)", "http://x.org/é?q=1&amp;b=_x_", "/projets/x"])
    | texts
)
links = _valid(Link, label=texts, url=_maybe(urls))
types = _valid(StructureType, type=texts, family=_maybe(texts))
lead_organisations = st.builds(
    LeadOrganisation,
    name=_maybe(texts),
    structure_types=st.lists(types, max_size=3).map(tuple),
    countries=names,
    sectors=names,
    address=_maybe(texts),
    representative=_maybe(texts),
)
sheets = st.builds(
    Sheet,
    title=_maybe(texts),
    status=_maybe(st.sampled_from(Status)),
    start=_maybe(dates),
    end=_maybe(dates),
    locality=_maybe(texts),
    zones=names,
    countries=names,
    budget=_maybe(budgets),
    regional_funders=names,
    national_funders=names,
    other_funders=names,
    sectors=names,
    goals=st.lists(goals, max_size=4).map(tuple),
    lead_organisation=lead_organisations,
    links=st.lists(links, max_size=3).map(tuple),
    context=_maybe(texts),
    audiences=_maybe(texts),
    local_partners=_maybe(texts),
    objectives=_maybe(texts),
    activities=_maybe(texts),
    results=_maybe(texts),
)
