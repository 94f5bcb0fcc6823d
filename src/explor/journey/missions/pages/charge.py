"""Who arranges the journey and the insurance of a mission, from its preparation checklist.

A proposal without mission yet, or None, uses the usual checklist.
"""

from django.utils import timezone

from explor.journey.proposals.models import Proposal

from ..engine import checklist
from ..models import WHO, ChecklistItem

JOURNEY = (("Billets", "tickets"), ("Visa", "visa"), ("Vaccins", "vaccines"))
INSURANCE = (("Attestation d’assurance (soins, assistance, rapatriement)", "insurance"),)
TO_SETTLE = "à préciser par le réseau avant le départ"
PAYER = ("Qui paie voyage, visa, vaccins et séjour", f"{TO_SETTLE}, dans le budget de la mission")
INSURER = ("Qui prend ce contrat d’assurance", f"{TO_SETTLE}, et à écrire dans la convention")
Charges = list[tuple[str, str]]


def journey_of(proposal: Proposal | None = None) -> Charges:
    """Return (task, who does it) pairs for the journey; the last one is about who pays."""
    return [*_named(JOURNEY, proposal), PAYER]


def insurance_of(proposal: Proposal | None = None) -> Charges:
    """Return (task, who does it) pairs for the insurance; the last is about who takes it out."""
    return [*_named(INSURANCE, proposal), INSURER]


def in_charge(proposal: Proposal) -> Charges:
    """Return (task, who does it) pairs for the journey and the insurance of a proposal."""
    return [*journey_of(proposal), *insurance_of(proposal)]


def _named(wanted: tuple[tuple[str, str], ...], proposal: Proposal | None) -> Charges:
    """Return (step, who does it) pairs: by the checklist of the mission, else by the usual one."""
    of_mission = ChecklistItem.objects.filter(mission__release__proposal=proposal)
    today = timezone.localdate()
    known = (dict(of_mission.values_list("code", "party")) if proposal else {}) or {
        each["code"]: each["party"] for each in checklist(today, today)
    }
    return [(what, WHO.get(known[code], known[code])) for what, code in wanted if code in known]
