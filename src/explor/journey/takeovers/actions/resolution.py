"""Resolution of what an imported mission line refers to: its organisations, person and call.

For each of them: the existing record, or None when the import must create it. An ambiguous name or
number is an error of the line, and a likely duplicate is a warning: nothing is merged silently.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from explor.actors.organisations.models import Kind
from explor.ground.http.bounds import stored_day
from explor.ground.reference.selectors import fold
from explor.journey.missions.rules import missing_to_take_over
from explor.journey.needs.actions.takeover import LONGEST

from .. import engine
from ..selectors import KnownOrganisation, KnownPerson, Register

ELSEWHERE = "Un autre réseau suit une structure au même numéro : demandez son transfert."
OTHER_NAME = "Cette adresse répond à un autre nom : vérifiez-la avec la personne."
NOBODY = "Aucune structure n’a ce numéro ici : donnez aussi son nom."
SEVERAL = "Plusieurs structures de ce nom ou de ce numéro : donnez le SIRET."
WORDS = {
    Kind.ASSOCIATION: ("Association", "connue"),
    Kind.EMPLOYER: ("Son employeur", "connu"),
}


@dataclass
class Resolution:
    """The existing records that an imported line refers to, as primary keys.

    `shown`, `faults` and `remarks` are lists of French cells for the preview; `likely` is a
    sentence about a likely duplicate, "" if there is none.
    """

    association: int | None = None
    employer: int | None = None
    call: int | None = None
    shown: list[list[str]] = field(default_factory=list)
    faults: list[list[str]] = field(default_factory=list)
    remarks: list[list[str]] = field(default_factory=list)
    likely: str = ""


def organisation_of(
    register: Register, kind: str, name: str, typed: str
) -> tuple[KnownOrganisation | None, str, str, str]:
    """Return the existing organisation with a name and a number, how it was matched, and two texts.

    The two texts are an error and a likely duplicate, in French, "" if there is none. Without
    organisation and without error, the import creates the organisation.

    Args:
        typed: the number (SIRET, SIREN, RNA or slug), as written in the file.
    """
    numbers, fault = engine.numbers_of(typed)
    number = next(iter(numbers.values()), typed.strip())
    rows = register.numbered(kind, number) if number else []
    if len(rows) > 1:
        rows = [each for each in rows if fold(each.name) == fold(name)] or rows
    if len(rows) == 1:
        return rows[0], "par son numéro", "", ""
    named = [] if rows else register.named(kind, name)
    if len(rows) > 1 or len(named) > 1:
        return None, "", SEVERAL, ""
    if number and fault:
        return None, "", fault, ""
    if named:
        known = named[0]
        other = number and any((known.siret, known.siren, known.rna)) and not known.has(number)
        likely = f"« {known.name} » porte ce nom avec un autre numéro" if other else ""
        return (None if other else known), "par son nom", "", likely
    if number and fold(name) == fold(typed):
        return None, "", NOBODY, ""
    near = register.by_number.get((kind, number[:9]), []) if len(number) == 14 else []
    return None, "", "", f"Même SIREN que « {near[0].name} »" if near else ""


def resolve(
    content: dict[str, Any],
    register: Register,
    people: dict[str, KnownPerson],
    experts: dict[str, str],
    today: date,
) -> Resolution:
    """Return the existing records that an imported line refers to, with the errors of the line.

    Args:
        content: the values of the line, by field.
        register: the organisations and the calls of the network.
        people: the person of each address that has an account.
        experts: the address of each expert whom the network sees, by folded name.
        today: the day when the file is read, used to check the dates of the mission.
    """
    resolution = Resolution()
    _days(resolution, content, today)
    _association(resolution, content, register)
    _employer(resolution, content, register)
    _person(resolution, content, people, experts)
    _call(resolution, content, register)
    if content.get("partner"):
        resolution.shown.append(["Partenaire de terrain", content["partner"]])
    return resolution


def _days(resolution: Resolution, content: dict[str, Any], today: date) -> None:
    start, end = stored_day(content["start"]), stored_day(content["end"])
    reasons = missing_to_take_over(content["state"], start, end, today)
    if not reasons and (end - start).days >= LONGEST:
        reasons = [f"Plus de {LONGEST} jours : vérifiez les deux dates."]
    typed = f"{start:%d/%m/%Y} – {end:%d/%m/%Y}"
    resolution.faults += [["Départ et retour", typed, reason] for reason in reasons]


def _association(resolution: Resolution, content: dict[str, Any], register: Register) -> None:
    name, typed = content["association"], content.get("association_number", "")
    known, how, fault, likely = organisation_of(register, Kind.ASSOCIATION, name, typed)
    if fault:
        resolution.faults.append(["Association", typed or name, fault])
    resolution.association = known.pk if known else None
    resolution.likely = resolution.likely or (
        f"{likely} : corrigez l’un ou l’autre." if likely else ""
    )
    resolution.shown.append(_shown(Kind.ASSOCIATION, known, how, name))


def _employer(resolution: Resolution, content: dict[str, Any], register: Register) -> None:
    name, typed = content.get("employer", ""), content.get("employer_number", "")
    if not name and not typed:
        return
    known, how, fault, likely = organisation_of(register, Kind.EMPLOYER, name or typed, typed)
    if fault:
        resolution.faults.append(["Son employeur", typed or name, fault])
    resolution.employer = known.pk if known else None
    resolution.likely = resolution.likely or (
        f"{likely} : corrigez l’un ou l’autre." if likely else ""
    )
    resolution.shown.append(_shown(Kind.EMPLOYER, known, how, name))


def _shown(kind: str, known: KnownOrganisation | None, how: str, name: str) -> list[str]:
    label, is_known = WORDS[Kind(kind)]
    if known:
        return [label, f"« {known.name} », {is_known} {how}"]
    return [label, f"« {name} », à inscrire, à vérifier ensuite"]


def _person(
    resolution: Resolution,
    content: dict[str, Any],
    people: dict[str, KnownPerson],
    experts: dict[str, str],
) -> None:
    """Look the person up by their address; do not show the network a name that it cannot see."""
    name, email = content["expert"], content["email"].lower()
    known = people.get(email)
    same = known is not None and bool({*fold(known.name).split()} & {*fold(name).split()})
    text = f"« {name} », compte à ouvrir, sans message"
    if known and not same and not known.visible:
        resolution.faults.append(["Son adresse électronique", email, OTHER_NAME])
    elif known and not same:
        resolution.likely = resolution.likely or f"Cette adresse est celle de « {known.name} »."
    if known and known.visible:
        text = f"« {known.name} », connu·e par son adresse"
    elif fold(name) in experts and experts[fold(name)] != email:
        resolution.likely = resolution.likely or f"« {name} » est déjà ici, à une autre adresse."
    resolution.shown.append(["Professionnel", text])


def _call(resolution: Resolution, content: dict[str, Any], register: Register) -> None:
    if not (typed := content.get("call", "")):
        return
    call = register.calls.get(fold(typed)) or register.calls.get(typed.strip())
    if call is None:
        why = "Aucun appel du réseau ne porte ce titre : la mission est rangée à part."
        resolution.remarks.append(["Appel", typed, why])
    else:
        resolution.call = call.pk
        resolution.shown.append(["Appel", call.title])
