"""Learning one more fact never reverses an open or closed verdict on a leave scheme."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product

import pytest

from explor.engines.leave import Association, Employer, Mission, Person, schemes_for

ON = date(2027, 1, 10)
START, END = date(2027, 4, 5), date(2027, 4, 16)
STATUS = ("employee", "tenured", "probationary", "contract")
ANY_STATUS = (
    *(*STATUS, "fixed_term", "apprentice", "on_disponibilite"),
    *("self_employed", "retired", "job_seeker", "volunteer"),
)
BODY = (
    *("commune", "department", "region", "epci", "local_establishment"),
    *("state", "state_establishment", "hospital", "other"),
)
KIND = ("private", "public")
YES_NO = (True, False)
ENDS = (date(2027, 4, 1), date(2027, 4, 10), date(2028, 1, 1))

Facts = tuple[object, ...]
GRIDS: Mapping[str, Mapping[str, Facts]] = {
    "CSI": {
        "person.status": STATUS,
        "person.employed_since": (date(2020, 1, 1), date(2026, 12, 1)),
        "person.earlier_months": (0, 12),
        "employer.kind": KIND,
        "association.on_1996_list": YES_NO,
        "mission.abroad": YES_NO,
    },
    "PMO": {"person.status": ANY_STATUS, "employer.kind": KIND, "employer.industrial": YES_NO},
    "MCP": {
        "person.status": STATUS,
        "employer.kind": KIND,
        "employer.taxed_on_profit": YES_NO,
        "association.general_interest": YES_NO,
        "association.public_utility": YES_NO,
        "mission.programme_from_france": YES_NO,
    },
    "PSG": {
        "person.status": ("employee", "self_employed", "retired"),
        "employer.kind": KIND,
        "employer.taxed_on_profit": YES_NO,
        "association.general_interest": YES_NO,
        "mission.programme_from_france": YES_NO,
        "mission.employer_directs": YES_NO,
    },
    "MAD": {
        "person.status": ANY_STATUS,
        "employer.kind": KIND,
        "employer.body": BODY,
        "association.public_service": YES_NO,
    },
    "MCF": {
        "person.status": STATUS,
        "employer.kind": KIND,
        "employer.body": BODY,
        "employer.inhabitants": (3500, 3501),
        "association.general_interest": YES_NO,
        "association.public_utility": YES_NO,
    },
    "MCI": {
        "person.status": ("tenured", "employee", "retired", "on_disponibilite"),
        "person.cooperation_days": (0, 85),
        "employer.kind": KIND,
        "employer.body": BODY,
        "mission.hospital_agreement": YES_NO,
        "mission.abroad": YES_NO,
    },
    "OM": {
        "person.status": STATUS,
        "employer.kind": KIND,
        "employer.body": BODY,
        "mission.supported": YES_NO,
    },
    "AUT": {
        "person.status": ("tenured", "retired", "on_disponibilite"),
        "person.meets_own_scheme": YES_NO,
        "employer.kind": KIND,
        "employer.body": BODY,
        "employer.own_absence_scheme": YES_NO,
    },
    "APP": {
        "person.status": ("apprentice", "employee"),
        "person.contract_ends": ENDS,
        "person.training_centre_agrees": YES_NO,
        "mission.abroad": YES_NO,
    },
    "BSE": {
        "person.status": ("fixed_term", "retired", "tenured", "job_seeker"),
        "person.contract_ends": ENDS,
    },
}
# A number of days left never closes these schemes, so they have a test of their own.
COUNTED: Mapping[str, Mapping[str, Facts]] = {
    "CP": {"person.leave_days": (0, 9, 10, 30), "person.status": STATUS},
    "CET": {"person.saved_days": (0, 9, 10, 30), "person.status": ("employee", "tenured")},
}


def verdict_of(code: str, names: tuple[str, ...], facts: Facts) -> tuple[str, int]:
    given: dict[str, dict] = {"person": {}, "employer": {}, "association": {}, "mission": {}}
    for name, fact in zip(names, facts, strict=True):
        who, what = name.split(".")
        given[who][what] = fact
    verdicts = schemes_for(
        Person(**given["person"]),
        Employer(**given["employer"]),
        Association(**given["association"]),
        Mission(start=START, end=END, **given["mission"]),
        ON,
    )
    found = next(verdict for verdict in verdicts if verdict.code == code)
    return found.verdict, len(found.questions)


def possible(names: tuple[str, ...], facts: Facts) -> bool:
    """Return whether the facts are compatible: a private employer is not a public body."""
    given = dict(zip(names, facts, strict=True))
    return given.get("employer.kind") != "private" or given.get("employer.body") is None


def one_more_fact(
    names: tuple[str, ...], grid: Mapping[str, Facts], facts: Facts
) -> Iterator[Facts]:
    for place, name in enumerate(names):
        if facts[place] is None:
            for value in grid[name]:
                richer = (*facts[:place], value, *facts[place + 1 :])
                if possible(names, richer):
                    yield richer


@pytest.mark.parametrize("code", GRIDS)
def test_adding_a_fact_never_reverses_a_verdict_on_a_leave_scheme(code):
    grid = GRIDS[code]
    names = tuple(grid)
    every = [f for f in product(*((None, *grid[n]) for n in names)) if possible(names, f)]
    verdicts = {facts: verdict_of(code, names, facts) for facts in every}
    assert {verdict for verdict, _ in verdicts.values()} == {"open", "closed", "to_check"}
    never_reversed(verdicts, names, grid)


@pytest.mark.parametrize("code", COUNTED)
def test_a_number_of_leave_days_left_never_closes_a_leave_scheme(code):
    grid = COUNTED[code]
    names = tuple(grid)
    every = product(*((None, *grid[n]) for n in names))
    verdicts = {facts: verdict_of(code, names, facts) for facts in every}
    assert {verdict for verdict, _ in verdicts.values()} == {"open", "to_check"}
    never_reversed(verdicts, names, grid)


def never_reversed(verdicts, names, grid):
    """Assert that one more fact only changes a verdict "to_check", and that each has a sentence."""
    for facts, (verdict, questions) in verdicts.items():
        assert (questions > 0) == (verdict == "to_check"), facts
        if verdict != "to_check":
            later = {verdicts[richer][0] for richer in one_more_fact(names, grid, facts)}
            assert later <= {verdict}, facts


@pytest.mark.parametrize("code", GRIDS)
def test_each_leave_scheme_has_complete_facts_that_open_it_and_others_that_close_it(code):
    grid = GRIDS[code]
    names = tuple(grid)
    full = [f for f in product(*grid.values()) if possible(names, f)]
    reached = {verdict_of(code, names, facts)[0] for facts in full}
    assert {"open", "closed"} <= reached
