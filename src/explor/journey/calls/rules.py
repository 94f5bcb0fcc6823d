"""Who may set a call, when one may file on it, and its rules of eligibility read on a need.

A rule of eligibility is data: its value stands in `Call.eligibility` when it is switched on. A pure
function reads it on an `Applicant` and answers yes, no or « to be checked », with a sentence.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.utils import timezone

from explor.ground.common.actor import Actor
from explor.ground.reference.queries import label

from .models import Call
from .states import State

Answer = tuple[bool | None, str]
YES: Answer = (True, "")


def can_set(actor: Actor, call: Call) -> bool:
    """The officers of its network."""
    return actor.hat == "reseau" and call.network_id == actor.scope


def can(actor: Actor, verb: str, call: Call) -> bool:
    """May `actor` take `verb` on this call?"""
    return can_set(actor, call) and call.workflow.allows(call.state, verb, actor.hat)


def last_instant(call: Call) -> datetime | None:
    """From when filing is refused: the closing and its grace; nothing for a rolling call."""
    if call.closes_at is None:
        return None
    return call.closes_at + timedelta(minutes=call.grace_minutes)


def is_receiving(call: Call, at: datetime) -> bool:
    """True when a need may be filed: open, and between its dates to the minute, grace included."""
    last = last_instant(call)
    return call.state == State.OPEN and call.opens_at <= at and (last is None or at < last)


def without_deadline(call: Call) -> Call:
    """The same call as if it still received: what a filing allowed after the deadline is read on.

    A copy for reading, never to be saved.
    """
    kept = copy(call)
    kept.state, kept.closes_at = State.OPEN, None
    return kept


def missing_to_open(call: Call) -> list[str]:
    """What a call cannot open without."""
    missing = []
    if not call.rolling and call.closes_at is None:
        missing.append("Donnez une date de clôture, ou choisissez un appel au fil de l’eau.")
    last = last_instant(call)
    if not call.rolling and last is not None and last <= timezone.now():
        missing.append("La clôture est passée : déplacez-la avant d’ouvrir l’appel.")
    if not call.presentation:
        missing.append(
            "Présentez l’appel en quelques lignes : c’est ce que lisent les associations."
        )
    return missing


def missing_to_change(call: Call) -> list[str]:
    """The rules of a shared call are held by one network; those of an ended call rest."""
    if call.lead_id is not None:
        return [f"Cet appel est commun : ses règles se changent chez {call.lead.network}."]  # type: ignore[union-attr]
    return ["Cet appel est terminé."] if call.state == State.ENDED else []


def next_year(moment: datetime) -> datetime:
    """The same day and minute a year later, in Paris time; 28 February for the 29th."""
    local = timezone.localtime(moment)
    return timezone.make_aware(
        datetime.combine(next_year_on(local.date()), local.time().replace(second=0, microsecond=0))
    )


def next_year_on(day: date) -> date:
    """The same day a year later; 28 February for the 29th."""
    return _years_after(day, 1)


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """What the rules read of an association and its need. None or "": not told."""

    on: date
    verified: bool = True
    founded_on: date | None = None
    headcount: int | None = None
    region: str = ""
    country: str = ""
    days: int | None = None
    window_start: date | None = None
    window_end: date | None = None
    other_needs: int = 0
    in_time: bool = True
    cer_signed_on: date | None = None
    general_interest: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A rule read: it holds, it does not, or (None) it is to be checked by somebody."""

    code: str
    label: str
    holds: bool | None
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule that a call switches on: what its value is, how it is told, how it is read."""

    code: str
    label: str
    kind: Literal["number", "regions", "countries", "switch"]
    help: str
    say: Callable[[Any], str]
    read: Callable[[Any, Applicant], Answer]
    unit: str = ""


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _age(years: int, who: Applicant) -> Answer:
    if who.founded_on is None:
        return None, "La date de création de l’association n’est pas renseignée."
    reached = _years_after(who.founded_on, years)
    if reached <= who.on:
        return YES
    return False, f"L’association est trop récente : {count(years, 'an')} le {reached:%d/%m/%Y}."


def _size(most: int, who: Applicant) -> Answer:
    if who.headcount is None:
        return None, "L’effectif salarié de l’association n’est pas renseigné."
    if who.headcount <= most:
        return YES
    return False, f"L’association compte {count(who.headcount, 'emploi')}, plus que {most}."


def _regions(codes: list[str], who: Applicant) -> Answer:
    if not who.region:
        return None, "Le département du siège de l’association n’est pas renseigné."
    if who.region in codes:
        return YES
    return (
        False,
        f"Le siège est en {label('regions', who.region)} : l’appel ne couvre pas la région.",
    )


def _countries(codes: list[str], who: Applicant) -> Answer:
    if not who.country:
        return None, "Le pays de la mission n’est pas renseigné."
    if who.country in codes:
        return YES
    return False, f"L’appel ne couvre pas ce pays : {label('countries', who.country)}."


def _notice(days: int, who: Applicant) -> Answer:
    if who.window_start is None:
        return None, "Le début de la fenêtre n’est pas renseigné."
    first = who.on + timedelta(days=days)
    if who.window_start >= first:
        return YES
    return False, f"La fenêtre s’ouvre trop tôt : pas avant le {first:%d/%m/%Y}."


def _cer(_: Any, who: Applicant) -> Answer:
    if who.cer_signed_on is not None:
        return YES
    return False, "La date de signature du contrat d’engagement républicain n’est pas renseignée."


def _general_interest(_: Any, who: Applicant) -> Answer:
    if who.general_interest is None:
        return None, "L’association n’a pas dit si elle est d’intérêt général."
    return (
        YES if who.general_interest else (False, "L’association ne se dit pas d’intérêt général.")
    )


def count(number: int, word: str) -> str:
    """« 1 an », « 2 ans »."""
    return f"{number} {word}{'s' if number > 1 and not word.endswith('s') else ''}"


def _names(reference: str) -> Callable[[list[str]], str]:
    return lambda codes: ", ".join(label(reference, code) for code in codes)


RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        Rule(
            code="age",
            label="Âge de l’association",
            kind="number",
            unit="ans au moins",
            help="Compté de la date de création au jour du dépôt.",
            say=lambda years: f"L’association existe depuis {count(years, 'an')} au moins.",
            read=_age,
        ),
        Rule(
            code="taille",
            label="Taille de l’association",
            kind="number",
            unit="emplois au plus",
            help="L’effectif salarié que l’association déclare ; vérifié à la main s’il manque.",
            say=lambda most: f"L’association compte {count(most, 'emploi')} au plus.",
            read=_size,
        ),
        Rule(
            code="regions",
            label="Région du siège",
            kind="regions",
            help="Lue du département du siège.",
            say=lambda codes: f"Le siège est dans cette région : {_names('regions')(codes)}.",
            read=_regions,
        ),
        Rule(
            code="pays",
            label="Pays de la mission",
            kind="countries",
            help="Les pays que l’appel couvre.",
            say=lambda codes: (
                f"La mission a lieu dans l’un de ces pays : {_names('countries')(codes)}."
            ),
            read=_countries,
        ),
        Rule(
            code="preavis",
            label="Temps avant le départ",
            kind="number",
            unit="jours au moins entre le dépôt et le début de la fenêtre",
            help="Il faut environ trois mois pour préparer un départ.",
            say=lambda days: f"La fenêtre s’ouvre au moins {count(days, 'jour')} après le dépôt.",
            read=_notice,
        ),
        Rule(
            code="engagement",
            label="Contrat d’engagement républicain",
            kind="switch",
            help="Sa date de signature figure au profil de l’association.",
            say=lambda _: "L’association a signé le contrat d’engagement républicain.",
            read=_cer,
        ),
        Rule(
            code="interet-general",
            label="Intérêt général",
            kind="switch",
            help="Ce que l’association déclare à son profil.",
            say=lambda _: "L’association est d’intérêt général.",
            read=_general_interest,
        ),
    )
}


def told_rules(call: Call) -> list[str]:
    """The rules of a call in sentences, for those who would file."""
    travel = ", voyage compris" if call.travel_days_count else ""
    allowed = call.needs_per_association
    return [
        "L’association est vérifiée par son réseau.",
        f"La mission dure de {call.min_days} à {call.max_days} jours sur place{travel}.",
        f"Chaque association dépose {count(allowed, 'besoin')} au plus sur cet appel.",
        *(rule.say(call.eligibility[code]) for code, rule in RULES.items() if is_on(call, code)),
    ]


def is_on(call: Call, code: str) -> bool:
    """Has the call switched this rule on?"""
    return code in call.eligibility


def read_all(call: Call, who: Applicant) -> list[Reading]:
    """Every rule of the call read on one need, in the order of the page."""
    own = [
        Reading(code=code, label=name, holds=holds, why=why)
        for code, name, (holds, why) in (
            ("verifiee", "Association vérifiée", _verified(who)),
            ("dates", "Dépôt dans les dates de l’appel", _dates(call, who)),
            ("duree", "Durée dans les bornes de l’appel", _duration(call, who)),
            ("fenetre", "Fenêtre assez longue", _window(who)),
            ("nombre", "Nombre de besoins par association", _number(call, who)),
        )
    ]
    switched = [
        Reading(code=code, label=rule.label, holds=holds, why=why)
        for code, rule in RULES.items()
        if is_on(call, code)
        for holds, why in [rule.read(call.eligibility[code], who)]
    ]
    return own + switched


def _verified(who: Applicant) -> Answer:
    return (
        YES
        if who.verified
        else (False, "La vérification de l’association par son réseau n’est pas à jour.")
    )


def _dates(call: Call, who: Applicant) -> Answer:
    if call.rolling or who.in_time:
        return YES
    return False, "Déposé hors des dates de l’appel."


def _duration(call: Call, who: Applicant) -> Answer:
    if who.days is None:
        return None, "La durée n’est pas renseignée."
    if call.min_days <= who.days <= call.max_days:
        return YES
    return False, f"{count(who.days, 'jour')} : l’appel demande {call.min_days} à {call.max_days}."


def _window(who: Applicant) -> Answer:
    if not (who.window_start and who.window_end and who.days):
        return None, "La fenêtre ou la durée n’est pas renseignée."
    if who.window_start + timedelta(days=who.days - 1) <= who.window_end:
        return YES
    return False, "La fenêtre est plus courte que la mission."


def _number(call: Call, who: Applicant) -> Answer:
    allowed = call.needs_per_association
    if who.other_needs < allowed:
        return YES
    filed = count(who.other_needs, "besoin")
    return False, f"L’association a déjà déposé {filed} sur cet appel, qui en permet {allowed}."
