"""Conditions of the leave schemes: each holds, fails or is unknown, with a French sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from . import law
from .calendar import day_fr, months_after, working_days
from .law import Scheme
from .model import Association, Employer, Mission, Person


@dataclass(frozen=True, kw_only=True)
class Case:
    """A leave scheme to check for a person and a mission, on the day `on`."""

    scheme: Scheme
    person: Person
    employer: Employer
    association: Association
    mission: Mission
    on: date


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The result of a condition, with its sentence `says`.

    `holds` is None when the result is unknown: `says` is then the question to ask the user.
    """

    holds: bool | None
    says: str


Condition = Callable[[Case], Finding]


def known(fact: bool | None, *, yes: str, no: str, ask: str) -> Finding:
    """Return the finding for a fact that is true, false or unknown."""
    return Finding(holds=fact, says=ask if fact is None else yes if fact else no)


def quota(headcount: int) -> int:
    """Return how many people of an establishment may be on CSI leave at the same time.

    Above this number the employer may refuse. Source: C. trav. D3142-57, unless a company
    agreement says otherwise.
    """
    for below, people in ((50, 1), (100, 2), (200, 3), (500, 4), (1000, 5), (2000, 6)):
        if headcount < below:
            return people
    return 6 + (headcount - 1000) // 1000


def in_force(case: Case) -> Finding:
    """Check that the leave scheme is in force on the days of the mission."""
    start, end = case.scheme.valid_from, case.scheme.valid_to
    if start is None or end is None:
        return Finding(holds=True, says="")
    period = f"du {day_fr(start)} au {day_fr(end)}"
    if start <= case.mission.leaves and case.mission.end <= end:
        return Finding(holds=True, says=f"Ce cadre est expérimental, {period}.")
    if case.mission.leaves < start or case.mission.leaves > (case.scheme.doubtful_to or end):
        return Finding(holds=False, says=f"Ce cadre n’existe que {period}.")
    ask = f"Ce cadre, ouvert {period}, est-il prolongé jusqu’au {day_fr(case.mission.end)} ?"
    return Finding(holds=None, says=ask)


def short_enough(case: Case) -> Finding:
    """Check that the absence is no longer than the leave scheme allows."""
    months = case.scheme.longest_months
    if months is None or case.mission.end < months_after(case.mission.leaves, months):
        return Finding(holds=True, says="")
    if case.scheme is law.CSI and case.employer.leave_agreement:
        ask = "Quelle durée l’accord d’entreprise ou de branche permet-il ?"
        return Finding(holds=None, says=ask)
    return Finding(holds=False, says=f"L’absence dépasse la durée permise : {months} mois.")


def accepted(case: Case) -> Finding:
    """Check that the employer has not excluded this leave scheme."""
    chosen = case.employer.accepted
    if not case.scheme.employer_may_exclude or chosen is None:
        return Finding(holds=True, says="")
    yes = "L’employeur accepte ce cadre."
    no = "L’employeur n’a pas retenu ce cadre."
    return known(case.scheme.code in chosen, yes=yes, no=no, ask="")


def private_employee(case: Case) -> Finding:
    """Check that the person is an employee under private law; public employers have some too."""
    status, sector = case.person.status, case.employer.sector
    if status is None:
        return Finding(holds=None, says="Quel est le statut de la personne ?")
    if status != "employee":
        return Finding(holds=False, says="Les agents publics n’ont pas accès à ce cadre.")
    if sector == "public":
        ask = "Le contrat de la personne relève-t-il du Code du travail ?"
        return Finding(holds=None, says=ask)
    return known(
        None if sector is None else True,
        yes="La personne est salariée du privé.",
        no="",
        ask="L’employeur est-il privé ou public ?",
    )


def private_employer(case: Case) -> Finding:
    """Check that the employer who lends the person is under private law."""
    sector = case.employer.sector
    return known(
        None if sector is None else sector == "private",
        yes="L’employeur est privé.",
        no="Ce cadre est réservé aux employeurs privés.",
        ask="L’employeur est-il privé ou public ?",
    )


def civil_servant(case: Case) -> Finding:
    """Check that the person is a tenured civil servant; the law does not mention probation."""
    status = case.person.status
    if status == "probationary":
        return Finding(
            holds=None, says="Ce cadre s’ouvre-t-il à une ou un fonctionnaire stagiaire ?"
        )
    return known(
        None if status is None else status == "tenured",
        yes="La personne est fonctionnaire titulaire.",
        no="Ce cadre est réservé aux fonctionnaires.",
        ask="Quel est le statut de la personne ?",
    )


def local_authority(case: Case) -> Finding:
    """Check that the employer is a local authority or a group of them.

    The State and hospitals are subject to other texts.
    """
    if case.employer.sector == "private":
        return Finding(holds=False, says="Ce cadre est réservé aux collectivités.")
    body = case.employer.body
    if body == "other":
        ask = "L’employeur est-il une collectivité territoriale ou l’un de ses établissements ?"
        return Finding(holds=None, says=ask)
    return known(
        None if body is None else body not in ("state", "hospital"),
        yes="L’employeur est une collectivité territoriale.",
        no="Ce cadre ne concerne que la fonction publique territoriale.",
        ask="De quelle sorte d’employeur s’agit-il ?",
    )


def patron_body(case: Case) -> Finding:
    """Check that the public employer is of a kind that may lend its staff (mécénat).

    These are the State, hospitals, departments, regions, groups of communes with their own taxes
    (EPCI) and communes of more than 3,500 inhabitants.
    """
    employer = case.employer
    if employer.sector == "private":
        return Finding(holds=False, says="Ce cadre est réservé aux employeurs publics.")
    if employer.body is None:
        return Finding(holds=None, says="De quelle sorte d’employeur s’agit-il ?")
    if employer.body == "other":
        return Finding(holds=False, says="Le texte ne cite pas cette sorte d’employeur public.")
    if employer.body != "commune":
        return Finding(holds=True, says="Le texte cite cette sorte d’employeur public.")
    people = employer.inhabitants
    return known(
        None if people is None else people > law.MCF_INHABITANTS,
        yes="La commune compte plus de 3 500 habitants.",
        no="La commune ne dépasse pas 3 500 habitants.",
        ask="Combien d’habitants compte la commune ?",
    )


def on_1996_list(case: Case) -> Finding:
    """Check that the association is on the list of the arrêté of 16 July 1996."""
    return known(
        case.association.on_1996_list,
        yes="L’association figure sur la liste de l’arrêté du 16 juillet 1996.",
        no="L’association ne figure pas sur la liste de l’arrêté du 16 juillet 1996.",
        ask="L’association figure-t-elle sur la liste de l’arrêté du 16 juillet 1996 ?",
    )


def general_interest(case: Case) -> Finding:
    """Check that the association is of general interest (CGI art. 238 bis) or public utility."""
    facts = (case.association.general_interest, case.association.public_utility)
    return known(
        True if True in facts else None if None in facts else False,
        yes="L’association est d’intérêt général ou reconnue d’utilité publique.",
        no="L’association n’est ni d’intérêt général ni reconnue d’utilité publique.",
        ask="L’association est-elle d’intérêt général (Code général des impôts, art. 238 bis) "
        "ou reconnue d’utilité publique ?",
    )


def public_service(case: Case) -> Finding:
    """Check that the association is entrusted with a public service that the mission serves."""
    return known(
        case.association.public_service,
        yes="Une mission de service public est confiée à l’association.",
        no="Aucune mission de service public n’est confiée à l’association.",
        ask="Une collectivité a-t-elle confié à l’association la mission de service public en "
        "cause ?",
    )


def own_action(case: Case) -> Finding:
    """Check that the mission belongs to the local authority's own external action."""
    return known(
        case.mission.own_action,
        yes="La mission relève de l’action extérieure de la collectivité.",
        no="La mission ne relève pas de l’action extérieure de la collectivité.",
        ask="La mission entre-t-elle dans une coopération de la collectivité avec une autorité "
        "locale étrangère ?",
    )


def abroad(case: Case) -> Finding:
    """Check that the mission takes place outside France."""
    return known(
        case.mission.abroad,
        yes="La mission a lieu hors de France.",
        no="La mission n’a pas lieu hors de France.",
        ask="La mission a-t-elle lieu hors de France ?",
    )


def seniority(case: Case) -> Finding:
    """Check that the person has worked twelve months for the employer by the departure.

    The months need not be consecutive.
    """
    if case.employer.leave_agreement:
        ask = "Quelle ancienneté l’accord d’entreprise ou de branche demande-t-il ?"
        return Finding(holds=None, says=ask)
    since, wanted = case.person.employed_since, law.CSI_SENIORITY_MONTHS
    if since is None:
        return Finding(
            holds=None, says="Depuis quand la personne travaille-t-elle chez l’employeur ?"
        )
    if months_after(since, wanted) <= case.mission.leaves:
        return Finding(holds=True, says="La personne a au moins 12 mois d’ancienneté au départ.")
    earlier = case.person.earlier_months
    return known(
        None
        if earlier is None
        else months_after(since, max(0, wanted - earlier)) <= case.mission.leaves,
        yes="La personne a au moins 12 mois d’ancienneté, en plusieurs fois.",
        no="La personne n’aura pas 12 mois d’ancienneté au départ.",
        ask="La personne a-t-elle déjà travaillé chez cet employeur, et combien de mois ?",
    )


def notice(case: Case) -> Finding:
    """Check that the request can still reach the employer thirty days before the leave begins."""
    last = case.mission.leaves - timedelta(days=law.CSI_NOTICE_DAYS)
    if case.on <= last:
        return Finding(holds=True, says=f"La demande part au plus tard le {day_fr(last)}.")
    if case.employer.leave_agreement:
        ask = "Quel délai de prévenance l’accord d’entreprise ou de branche fixe-t-il ?"
        return Finding(holds=None, says=ask)
    return Finding(holds=False, says=f"La date limite de la demande est passée : {day_fr(last)}.")


def room_left(case: Case) -> Finding:
    """Check that the quota of people on leave is not reached; above it the employer may refuse."""
    headcount, taken = case.employer.headcount, case.employer.on_leave
    if headcount is None:
        return Finding(holds=True, says="")
    most = quota(headcount)
    people = "1 personne" if most == 1 else f"{most} personnes"
    if taken is not None and taken >= most:
        ask = f"L’employeur accepte-t-il plus de {people} en congé de solidarité à la fois ?"
        return Finding(holds=None, says=ask)
    says = f"L’employeur peut refuser plus de {people} à la fois dans l’établissement."
    return Finding(holds=True, says=says)


def leave_left(case: Case) -> Finding:
    """Check that the person has enough days of leave left for the absence."""
    needed, left = working_days(case.mission.leaves, case.mission.end), case.person.leave_days
    return known(
        None if left is None else left >= needed,
        yes=f"La personne a assez de congés : {needed} jours ouvrés demandés.",
        no=f"Il manque des congés à la personne : {needed} jours ouvrés demandés, {left} restants.",
        ask=f"Reste-t-il à la personne {needed} jours ouvrés de congés ou de RTT ?",
    )


def granted(case: Case) -> Finding:
    """Return the question whether the employer grants unpaid leave, worded for the status."""
    asks = {
        None: "Quel est le statut de la personne ?",
        "employee": "L’employeur accorde-t-il un congé sans solde à ces dates ?",
        "tenured": "L’employeur accorde-t-il une disponibilité aussi courte, à ces dates ?",
        "probationary": "Un congé sans traitement est-il possible pendant le stage ?",
        "contract": "Le contrat permet-il un congé sans rémunération à ces dates ?",
    }
    return Finding(holds=None, says=asks[case.person.status])


ALWAYS: tuple[Condition, ...] = (in_force, short_enough, accepted)
CONDITIONS: Mapping[str, tuple[Condition, ...]] = {
    "CSI": (private_employee, on_1996_list, abroad, seniority, notice, room_left),
    "CP": (leave_left,),
    "PMO": (private_employee, private_employer),
    "MCP": (private_employee, private_employer, general_interest),
    "MAD": (civil_servant, local_authority, public_service),
    "MCF": (civil_servant, patron_body, general_interest),
    "OM": (local_authority, own_action),
    "CSS": (granted,),
}
