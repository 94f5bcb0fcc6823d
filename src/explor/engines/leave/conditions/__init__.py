"""Conditions of the leave schemes: each function takes a `Case` and returns a `Finding`.

`CONDITIONS` lists the conditions of each scheme, by code; `ALWAYS` lists those of every scheme. A
finding says that the condition holds, fails or is unknown, with a French sentence.
"""

from collections.abc import Mapping

from . import association, contract, dates, employer
from .dates import quota, seniority
from .findings import Case, Condition, Finding

__all__ = ["ALWAYS", "CONDITIONS", "Case", "Condition", "Finding", "quota", "seniority"]

ALWAYS: tuple[Condition, ...] = (
    dates.not_past,
    dates.in_force,
    dates.short_enough,
    dates.in_time,
)
GIFT: tuple[Condition, ...] = (
    employer.taxed_on_profit,
    association.general_interest,
    association.programme_from_france,
)
# Conditions of every scheme in which an employer releases the person.
RELEASED: tuple[Condition, ...] = (employer.accepted, contract.covered_by_contract)
CONDITIONS: Mapping[str, tuple[Condition, ...]] = {
    "CSI": (
        *RELEASED,
        contract.private_employee,
        employer.leave_agreement,
        association.on_1996_list,
        association.abroad,
        dates.seniority,
        dates.notice,
        dates.room_left,
    ),
    "CP": (*RELEASED, contract.employed, dates.leave_left),
    "CET": (*RELEASED, contract.saver, dates.saved_left),
    "PMO": (*RELEASED, contract.private_employee, employer.private_employer),
    "MCP": (
        *RELEASED,
        contract.private_employee,
        employer.private_employer,
        employer.outside_group,
        *GIFT,
    ),
    "PSG": (
        *RELEASED,
        contract.firm_or_self_employed,
        employer.private_employer,
        *GIFT,
        association.employer_directs,
    ),
    "MAD": (
        *RELEASED,
        contract.civil_servant_or_permanent,
        employer.public_employer,
        association.public_service,
    ),
    "MCF": (
        *RELEASED,
        contract.civil_servant,
        employer.patron_body,
        association.general_interest_or_utility,
    ),
    "MCI": (
        *RELEASED,
        contract.hospital_staff,
        employer.hospital,
        association.hospital_agreement,
        dates.within_cooperation_days,
        association.abroad,
    ),
    "OM": (*RELEASED, contract.in_service, employer.ordering_body, association.supported),
    "AUT": (
        *RELEASED,
        contract.in_activity,
        employer.own_absence_scheme,
        employer.meets_own_scheme,
    ),
    "CSS": (*RELEASED, contract.granted),
    "APP": (*RELEASED, contract.apprentice, contract.training_centre, association.abroad),
    "BSE": (contract.free_of_employer,),
}
