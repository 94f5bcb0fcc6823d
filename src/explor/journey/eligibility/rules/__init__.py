"""Evaluate the eligibility rules of a call on a need, for every capability that needs the result.

To add a rule that a call may switch on, add one `Rule` to `RULES`: its label, the control that sets
its value, the sentence that explains it on the page of the call, and the function that evaluates
it on a need. Nothing here queries the database or changes its arguments.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, Protocol

from django.utils import timezone

from explor.actors.organisations.models import Organisation
from explor.actors.organisations.states import STANDING
from explor.ground.reference.selectors import label, receives_aid, terms
from explor.journey.calls.models import Call
from explor.journey.calls.rules import is_receiving, last_instant, years_after

from .bounds import count, duration_problem, window_length_problem, window_start_problem

# Names of `bounds` that others read from here, beside those below.
__all__ = ["count", "duration_problem", "window_length_problem", "window_start_problem"]

Answer = tuple[bool | None, str]
YES: Answer = (True, "")


class NeedFacts(Protocol):
    """The attributes of a need that the rules read. None or "" means not filled in."""

    call: Call
    association: Organisation
    country: str
    days: int | None
    min_days: int
    max_days: int
    window_start: date | None
    window_end: date | None
    filed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Case:
    """A need evaluated at a moment.

    `at` is when the need was first filed, or now for a draft. `others` counts the other needs that
    the association filed on the call. `deadline_waived` is true when an officer submitted it late.
    """

    need: NeedFacts
    at: datetime
    others: int = 0
    deadline_waived: bool = False

    @property
    def on(self) -> date:
        """Return the day of `at`, in Paris time."""
        return timezone.localdate(self.at)


@dataclass(frozen=True, kw_only=True)
class RuleResult:
    """The result of a rule on a need.

    `holds` is None when an officer must check the rule; `why` is the reason unless `holds` is True.
    """

    code: str
    label: str
    holds: bool | None
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class CommonRule:
    """A rule of every call: `read` evaluates it, `explain` describes it on the page of the call."""

    code: str
    label: str
    read: Callable[[Case], Answer]
    explain: Callable[[Call], str] = lambda _: ""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule that a call switches on by giving it a value.

    `kind` and `unit` describe the control that sets the value: a number, a list of codes of a
    reference list, or a plain switch. `explain` turns the value into a sentence; `read` evaluates
    the rule on a need.
    """

    code: str
    label: str
    kind: Literal["number", "regions", "countries", "switch"]
    help: str
    explain: Callable[[Any], str]
    read: Callable[[Any, Case], Answer]
    unit: str = ""


def evaluate(
    need: NeedFacts, *, at: datetime, others: int, deadline_waived: bool = False
) -> list[RuleResult]:
    """Evaluate every rule of the call on a need.

    Args:
        need: the need; it is not changed.
        at: when the need was first filed, or now for a draft.
        others: how many other needs its association has filed on the call.
        deadline_waived: whether an officer submitted it after the deadline.

    Returns:
        One result for each rule: those of every call first, then those switched on.
    """
    case = Case(need=need, at=at, others=others, deadline_waived=deadline_waived)
    held = need.call.eligibility
    answers = [(rule.code, rule.label, rule.read(case)) for rule in COMMON_RULES]
    answers += [
        (code, rule.label, rule.read(held[code], case))
        for code, rule in RULES.items()
        if code in held
    ]
    return [
        RuleResult(code=code, label=name, holds=holds, why=why)
        for code, name, (holds, why) in answers
    ]


def failing(results: Iterable[RuleResult]) -> list[RuleResult]:
    """Return the results of the rules that the need breaks.

    A rule that an officer must check is not among them.
    """
    return [each for each in results if each.holds is False]


def is_on(call: Call, code: str) -> bool:
    """Return whether the call switched on the rule with this code."""
    return code in call.eligibility


def conditions_of(call: Call) -> list[str]:
    """Return the eligibility rules of a call as sentences for associations."""
    common = (rule.explain(call) for rule in COMMON_RULES)
    held = call.eligibility
    return [
        *filter(None, common),
        *(rule.explain(held[code]) for code, rule in RULES.items() if code in held),
    ]


def always_read(call: Call) -> list[str]:
    """Return the sentences for associations on the rules of every call; some rules have none."""
    return [sentence for rule in COMMON_RULES if (sentence := rule.explain(call))]


def _verified(case: Case) -> Answer:
    if case.need.association.state in STANDING:
        return YES
    return False, "La vérification de l’association par son réseau n’est pas à jour."


def _dates(case: Case) -> Answer:
    call = case.need.call
    if case.deadline_waived:
        return YES
    if case.need.filed_at is None and not call.network.in_explor:
        return False, "Votre réseau ne participe plus à EXPLOR : aucun besoin ne s’y dépose."
    if case.need.filed_at is None:
        receives = is_receiving(call, case.at)
        return YES if receives else (False, "L’appel ne reçoit pas de besoin en ce moment.")
    last = last_instant(call)
    if call.rolling or (call.opens_at <= case.at and (last is None or case.at < last)):
        return YES
    return False, "Déposé hors des dates de l’appel."


def _duration(case: Case) -> Answer:
    need = case.need
    if need.days is None:
        return None, "La durée n’est pas renseignée."
    problem = duration_problem(need.days, need.min_days, need.max_days)
    return (False, problem) if problem else YES


def _window(case: Case) -> Answer:
    need = case.need
    if not (need.window_start and need.window_end and need.days):
        return None, "La fenêtre ou la durée n’est pas renseignée."
    problem = window_start_problem(need.window_start, case.on) or window_length_problem(
        need.window_start, need.window_end, need.days
    )
    return (False, problem) if problem else YES


def _number(case: Case) -> Answer:
    allowed = case.need.call.needs_per_association
    if case.others < allowed:
        return YES
    filed = count(case.others, "besoin")
    return False, f"L’association a déjà déposé {filed} sur cet appel, qui en permet {allowed}."


def _explain_duration(call: Call) -> str:
    travel = ", voyage compris" if call.travel_days_count else ""
    return f"La mission dure de {call.min_days} à {call.max_days} jours sur place{travel}."


def _explain_number(call: Call) -> str:
    allowed = count(call.needs_per_association, "besoin")
    return f"Chaque association dépose {allowed} au plus sur cet appel."


COMMON_RULES = (
    CommonRule(
        code="verifiee",
        label="Association vérifiée",
        read=_verified,
        explain=lambda _: "L’association est vérifiée par son réseau.",
    ),
    CommonRule(code="dates", label="Dépôt dans les dates de l’appel", read=_dates),
    CommonRule(
        code="duree",
        label="Durée dans les bornes de l’appel",
        read=_duration,
        explain=_explain_duration,
    ),
    CommonRule(code="fenetre", label="Fenêtre assez longue, et à venir", read=_window),
    CommonRule(
        code="nombre",
        label="Nombre de besoins par association",
        read=_number,
        explain=_explain_number,
    ),
)


def _age(years: int, case: Case) -> Answer:
    founded = case.need.association.founded_on
    if founded is None:
        return None, "La date de création de l’association n’est pas renseignée."
    reached = years_after(founded, years)
    if reached <= case.on:
        return YES
    return False, f"L’association est trop récente : {count(years, 'an')} le {reached:%d/%m/%Y}."


def _size(most: int, case: Case) -> Answer:
    jobs = case.need.association.headcount
    if jobs is None:
        return None, "L’effectif salarié de l’association n’est pas renseigné."
    if jobs <= most:
        return YES
    return False, f"L’association compte {count(jobs, 'emploi')}, plus que {most}."


def _regions(codes: list[str], case: Case) -> Answer:
    department = terms("departments").get(case.need.association.department)
    if department is None:
        return None, "Le département du siège de l’association n’est pas renseigné."
    if department.parent in codes:
        return YES
    region = label("regions", department.parent)
    return False, f"Le siège est en {region} : l’appel ne couvre pas la région."


def _countries(codes: list[str], case: Case) -> Answer:
    if not case.need.country:
        return None, "Le pays de la mission n’est pas renseigné."
    if case.need.country in codes:
        return YES
    return False, f"L’appel ne couvre pas ce pays : {label('countries', case.need.country)}."


def _aid(_: Any, case: Case) -> Answer:
    if not case.need.country:
        return None, "Le pays de la mission n’est pas renseigné."
    name, day = label("countries", case.need.country), f"{case.on:%d/%m/%Y}"
    answer = receives_aid(case.need.country, case.on)
    if answer is None:
        return None, f"{name} : sa place sur la liste du CAD au {day} est à vérifier."
    return YES if answer else (False, f"{name} n’est pas sur la liste du CAD au {day}.")


def _notice(days: int, case: Case) -> Answer:
    if case.need.window_start is None:
        return None, "Le début de la fenêtre n’est pas renseigné."
    first = case.on + timedelta(days=days)
    if case.need.window_start >= first:
        return YES
    return False, f"La fenêtre s’ouvre trop tôt : pas avant le {first:%d/%m/%Y}."


def _charter(_: Any, case: Case) -> Answer:
    if case.need.association.cer_signed_on is not None:
        return YES
    return False, "La date de signature du contrat d’engagement républicain n’est pas renseignée."


def _general_interest(_: Any, case: Case) -> Answer:
    declared = case.need.association.general_interest
    if declared is None:
        return None, "L’association n’a pas dit si elle est d’intérêt général."
    return YES if declared else (False, "L’association ne se dit pas d’intérêt général.")


def _names(reference: str, codes: list[str]) -> str:
    return ", ".join(label(reference, code) for code in codes)


RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        Rule(
            code="age",
            label="Âge de l’association",
            kind="number",
            unit="ans au moins",
            help="Compté de la date de création au jour du dépôt.",
            explain=lambda years: f"L’association existe depuis {count(years, 'an')} au moins.",
            read=_age,
        ),
        Rule(
            code="taille",
            label="Taille de l’association",
            kind="number",
            unit="emplois au plus",
            help="L’effectif salarié que l’association déclare ; vérifié à la main s’il manque.",
            explain=lambda most: f"L’association compte {count(most, 'emploi')} au plus.",
            read=_size,
        ),
        Rule(
            code="regions",
            label="Région du siège",
            kind="regions",
            help="Lue du département du siège.",
            explain=lambda codes: f"Le siège est dans cette région : {_names('regions', codes)}.",
            read=_regions,
        ),
        Rule(
            code="pays",
            label="Pays de la mission",
            kind="countries",
            help="Les pays que l’appel couvre.",
            explain=lambda codes: (
                f"La mission a lieu dans l’un de ces pays : {_names('countries', codes)}."
            ),
            read=_countries,
        ),
        Rule(
            code="aide-publique",
            label="Pays éligible à l’aide publique au développement",
            kind="switch",
            help="La liste des bénéficiaires que tient l’OCDE (CAD), lue au jour du dépôt.",
            explain=lambda _: (
                "Le pays de la mission est éligible à l’aide publique au développement (liste du "
                "CAD de l’OCDE)."
            ),
            read=_aid,
        ),
        Rule(
            code="preavis",
            label="Temps avant le départ",
            kind="number",
            unit="jours au moins entre le dépôt et le début de la fenêtre",
            help="Il faut environ trois mois pour préparer un départ.",
            explain=lambda days: (
                f"La fenêtre s’ouvre au moins {count(days, 'jour')} après le dépôt."
            ),
            read=_notice,
        ),
        Rule(
            code="engagement",
            label="Contrat d’engagement républicain",
            kind="switch",
            help="Sa date de signature figure au profil de l’association.",
            explain=lambda _: "L’association a signé le contrat d’engagement républicain.",
            read=_charter,
        ),
        Rule(
            code="interet-general",
            label="Intérêt général",
            kind="switch",
            help="Ce que l’association déclare à son profil.",
            explain=lambda _: "L’association est d’intérêt général.",
            read=_general_interest,
        ),
    )
}
