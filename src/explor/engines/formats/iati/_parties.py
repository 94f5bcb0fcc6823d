"""Organisations of an IATI activity: its lead, its funders and other participants."""

import re
from dataclasses import dataclass
from typing import Any

from explor.engines.formats.sheets import clean_line

from ._remarks import Remarks
from ._texts import names_of

ROLES = {
    "funding": "1",
    "accountable": "2",
    "extending": "3",
    "implementing": "4",
}
FUNDER, ACCOUNTABLE, EXTENDING, IMPLEMENTING = CODES = tuple("1234")
ROLE_SUFFIXES = {ACCOUNTABLE: " (responsable)", EXTENDING: " (intermédiaire)", IMPLEMENTING: ""}
LEAD_ROLES = {
    FUNDER: "bailleur",
    ACCOUNTABLE: "responsable",
    EXTENDING: "intermédiaire",
    IMPLEMENTING: "exécutant",
}
LONGEST = 400  # characters of a name, or of a list of names; a longer text is a presentation
UNCLEAR = ("organisation sans nom ou sans rôle", "organisations sans nom ou sans rôle")
STORY = (
    "présentation à la place d’un nom d’organisation",
    "présentations à la place d’un nom d’organisation",
)
OWN = re.compile(r"-EXPLOR-[PM]?\d+$")


@dataclass(frozen=True, kw_only=True)
class _Party:
    role: str
    name: str
    ref: str

    def is_same(self, other: "_Party | None") -> bool:
        if other is None:
            return False
        alike = self.name.casefold() == other.name.casefold()
        return alike or bool(self.ref and self.ref == other.ref)


@dataclass(frozen=True, kw_only=True)
class Parties:
    """Names of the organisations; the lead is neither a funder nor a partner of itself."""

    lead: str | None
    funders: tuple[str, ...]
    partners: str


def parties_of(activity: Any, remarks: Remarks) -> Parties:
    """Return the organisations of an activity; one without a name is named by its identifier.

    The lead is the accountable organisation, or else the reporting one. In files written by Explor,
    the network is accountable and the lead is the implementing association.
    """
    every = [p for e in activity.findall("participating-org") if (p := _party(e, remarks))]
    identifier = (activity.findtext("iati-identifier") or "").strip()
    first = IMPLEMENTING if OWN.search(identifier) else ACCOUNTABLE
    reporter = activity.find("reporting-org")
    lead = next((p for p in every if p.role == first), None)
    if lead is None and reporter is not None:
        lead = _named(reporter, "", remarks)
    others = [party for party in every if not party.is_same(lead)]
    _count_roles([party for party in every if party.is_same(lead)], lead, remarks)
    if first == IMPLEMENTING:
        # the network that published the file
        others = [party for party in others if party.role != ACCOUNTABLE]
    return Parties(
        lead=lead.name if lead else None,
        funders=tuple(dict.fromkeys(p.name for p in others if p.role == FUNDER)),
        partners="\n".join(
            f"- {name}{ROLE_SUFFIXES[role]}" for name, role in _roles(others).items()
        ),
    )


def _count_roles(same: list[_Party], lead: _Party | None, remarks: Remarks) -> None:
    """Count the roles of the lead organisation besides the one that makes it the lead."""
    roles = dict.fromkeys(party.role for party in same if lead and party.role != lead.role)
    detail = ", ".join(LEAD_ROLES[role] for role in roles)
    remarks.count("autre rôle du porteur", "autres rôles du porteur", len(roles), detail)


def _roles(parties: list[_Party]) -> dict[str, str]:
    """Return {name: role} for organisations other than funders; the last role wins."""
    last: dict[str, str] = {}
    for party in parties:
        if party.role in ROLE_SUFFIXES:
            last[party.name] = max(party.role, last.get(party.name, ""))
    return last


def _party(element: Any, remarks: Remarks) -> _Party | None:
    role = (element.get("role") or "").strip().lower()
    role = ROLES.get(role, role)
    party = _named(element, role, remarks)
    if party is None or role not in CODES:
        name = party.name[:60] if party else ""
        remarks.count(*UNCLEAR, 1, name)
        return None
    return party


def _named(element: Any, role: str, remarks: Remarks) -> _Party | None:
    ref = clean_line(element.get("ref")) or ""
    names = names_of(element)
    short = [name for name in names if len(name) <= LONGEST]
    remarks.count(*STORY, len(names) - len(short))
    name = short[0] if short else ref
    return _Party(role=role, name=name, ref=ref) if name else None
