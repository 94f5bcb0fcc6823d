"""Organisations of an IATI activity: its lead, its funders and other participants."""

import re
from dataclasses import dataclass
from typing import Any

from explor.engines.formats.sheets import clean_line

from ._remarks import Remarks
from ._texts import name_of

ROLES = {
    "funding": "1",
    "accountable": "2",
    "extending": "3",
    "implementing": "4",
}
FUNDER, ACCOUNTABLE, EXTENDING, IMPLEMENTING = "1234"
ROLE_SUFFIXES = {ACCOUNTABLE: " (responsable)", EXTENDING: " (intermédiaire)", IMPLEMENTING: ""}
UNCLEAR = ("organisation sans nom ou sans rôle", "organisations sans nom ou sans rôle")
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
        lead = _named(reporter, "")
    others = [party for party in every if not party.is_same(lead)]
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
    party = _named(element, role)
    if party is None or role not in "1234":
        name = party.name[:60] if party else ""
        remarks.count(*UNCLEAR, 1, name)
        return None
    return party


def _named(element: Any, role: str) -> _Party | None:
    ref = clean_line(element.get("ref")) or ""
    name = name_of(element) or ref
    return _Party(role=role, name=name, ref=ref) if name else None
