"""Conditions on the person's employment: status, end of the contract, employer."""

from ..calendar import months_after
from ..model import WITHOUT_EMPLOYER
from ..tables import threshold
from .findings import HOLDS, Case, Finding, ask, known, no, yes

UNKNOWN = "Quel est le statut de la personne ?"
NO_EMPLOYER = "La personne n’a pas d’employeur qui la libère."
ON_DISPONIBILITE = "La personne est en disponibilité : son administration ne l’emploie pas."
TERM = "Quel jour le contrat finit-il ?"
PUBLIC = frozenset({"tenured", "probationary", "contract"})
WITH_A_TERM = frozenset({"fixed_term", "apprentice"})


def employed(case: Case) -> Finding:
    """Check that the person has an employer who can grant days of leave.

    When the status is not known, a known number of days of leave implies an employer. On
    disponibilité, the finding is a question unless the employer is private.
    """
    person = case.person
    if person.status in WITHOUT_EMPLOYER:
        return no(NO_EMPLOYER)
    if person.status == "on_disponibilite":
        return _private_job(case, on_leave="La personne est salariée pendant sa disponibilité.")
    if person.status is None and person.leave_days is None and person.saved_days is None:
        return ask(UNKNOWN)
    return HOLDS


def covered_by_contract(case: Case) -> Finding:
    """Check that the contract lasts until the return (C. trav. L1243-1).

    The condition also holds without employer, and without a last day, which only a fixed-term
    contract or an apprenticeship must have: for these, an unknown last day gives a question.
    The sentences of the finding, which every party reads, do not give the last day of the contract,
    which is personal.
    """
    person, text = case.person, "CT-L1243-1"
    if person.status in WITHOUT_EMPLOYER:
        return HOLDS
    if person.contract_ends is None:
        return (
            ask(TERM, text, fact="person.contract_ends") if person.status in WITH_A_TERM else HOLDS
        )
    if case.mission.end <= person.contract_ends:
        return yes("Le contrat court encore au retour.", text)
    return no("Le contrat finit avant le retour.", text)


def private_employee(case: Case) -> Finding:
    """Check that the person is an employee under private law (C. trav. L3142-67, L8241-1).

    A public employer may also have such employees, and a public agent on disponibilité (unpaid
    leave of several months or years) may work as one: the finding may then be a question. It is
    always one for an apprentice.
    """
    status, sector = case.person.status, case.employer.sector
    if status is None:
        return ask(UNKNOWN)
    if status in WITHOUT_EMPLOYER:
        return no(NO_EMPLOYER)
    if status in PUBLIC:
        return no("Les agents publics n’ont pas accès à ce cadre.", *case.scheme.articles)
    if status == "on_disponibilite":
        return _private_job(
            case, on_leave="La personne, agente publique en disponibilité, est salariée du privé."
        )
    if sector is None:
        return ask("L’employeur est-il privé ou public ?")
    if sector == "public" and not case.employer.industrial:
        return ask(
            "Le contrat de la personne relève-t-il du Code du travail ?",
            fact="employer.industrial",
        )
    if status == "apprentice":
        return _apprentice(case)
    return yes("La personne est salariée du privé.", *case.scheme.articles)


def _private_job(case: Case, on_leave: str) -> Finding:
    """Check that a public agent on disponibilité works for a private employer (answer QE 42235).

    `on_leave` is the French sentence of the finding when the condition holds; otherwise the finding
    is a question.
    """
    if case.employer.sector == "private":
        return yes(on_leave, "QE-42235")
    return ask("Quel employeur privé emploie la personne pendant sa disponibilité ?", "QE-42235")


def _apprentice(case: Case) -> Finding:
    """Return the question to ask for an apprentice, whose contract follows special rules."""
    return ask(
        "La personne est en apprentissage : ce cadre convient-il, ou faut-il la mobilité propre à "
        "l’apprentissage ?",
        "CT-L6222-42",
        "CT-R6223-10",
    )


def firm_or_self_employed(case: Case) -> Finding:
    """Check that the person is self-employed, or an employee under private law."""
    if case.person.status == "self_employed":
        return yes("La personne agit pour sa propre entreprise.", "CGI-238BIS")
    return private_employee(case)


def civil_servant(case: Case) -> Finding:
    """Check that the person is a tenured civil servant.

    For a civil servant on probation, which the texts do not mention, the finding is a question. A
    civil servant on disponibilité is refused.
    """
    status, texts = case.person.status, case.scheme.articles
    if status == "on_disponibilite":
        return no(ON_DISPONIBILITE, *texts)
    if status == "probationary":
        return ask("Ce cadre s’ouvre-t-il à une ou un fonctionnaire stagiaire ?", *texts)
    if status in WITHOUT_EMPLOYER:
        return no(NO_EMPLOYER)
    return known(
        None if status is None else status == "tenured",
        yes="La personne est fonctionnaire titulaire.",
        no="Ce cadre est réservé aux fonctionnaires.",
        ask=UNKNOWN,
        articles=texts,
    )


def civil_servant_or_permanent(case: Case) -> Finding:
    """Check that the person is a civil servant, or a contract agent who may be lent.

    Sources for contract agents: décret 86-83, art. 33-1 (State: permanent contracts) and décret
    88-145, art. 35-1 (local: never to an association). Those of the State give a question on the
    contract, and those of a hospital or an unknown branch too, since no text on them has been
    checked; with a private employer they are refused.
    """
    if case.person.status != "contract":
        return civil_servant(case)
    branch = case.employer.branch
    question = "Le contrat est-il à durée indéterminée, et l’administration accepte-t-elle ?"
    if branch == "local":
        return no(
            "Un contrat territorial ne permet pas la mise à disposition d’une association.",
            "D88-145-35-1",
        )
    if branch == "state":
        return ask(question, "D86-83-33-1")
    if case.employer.sector == "private":
        return no("Ce cadre est réservé aux agents publics.", *case.scheme.articles)
    return ask(question, "CGFP-L512-16")


def in_service(case: Case) -> Finding:
    """Check that the person is in service with an employer, not on disponibilité.

    Source: décret 2006-781, art. 2. For a person without employer the finding is a question, which
    an officer must answer. Whether the employer may order the mission is not checked here.
    """
    status, text = case.person.status, case.scheme.articles
    if status is None:
        return ask(UNKNOWN)
    if status == "on_disponibilite":
        return no(ON_DISPONIBILITE, *text)
    if status in WITHOUT_EMPLOYER:
        return ask("Une administration envoie-t-elle la personne pour son compte ?", *text)
    return HOLDS


def in_activity(case: Case) -> Finding:
    """Check that the person is in service, as `in_service`, but refuse those without employer.

    Whether the employer is a local council is not checked here.
    """
    if case.person.status in WITHOUT_EMPLOYER:
        return no(NO_EMPLOYER)
    return in_service(case)


def hospital_staff(case: Case) -> Finding:
    """Check that the person is hospital staff (CSP R6134-3).

    The arrêtés are not checked: a public agent is accepted, and for another employee the finding is
    a question. A person without employer or on disponibilité is refused.
    """
    status, text = case.person.status, "CSP-R6134-3"
    if status in PUBLIC:
        return yes("La personne est agente de l’hôpital.", text)
    if status in WITHOUT_EMPLOYER:
        return no(NO_EMPLOYER)
    if status == "on_disponibilite":
        return no(ON_DISPONIBILITE, text)
    if status is None:
        return ask(UNKNOWN)
    return ask("La personne figure-t-elle parmi les personnels que citent les arrêtés ?", text)


def saver(case: Case) -> Finding:
    """Check that the person's status allows a time savings account (décret 2004-878, art. 2).

    A civil servant on probation is refused; any other status is checked as by `employed`.
    """
    if case.person.status == "probationary":
        return no(
            "Une ou un fonctionnaire stagiaire n’a pas de compte épargne-temps.", "D2004-878-2"
        )
    return employed(case)


def apprentice(case: Case) -> Finding:
    """Check that the person is an apprentice (C. trav. L6222-42)."""
    status = case.person.status
    return known(
        None if status is None else status == "apprentice",
        yes="La personne est en apprentissage.",
        no="Ce cadre est réservé aux apprentis.",
        ask=UNKNOWN,
        articles=("CT-L6222-42",),
    )


def training_centre(case: Case) -> Finding:
    """Check that the apprentice's training centre agrees to the mobility (C. trav. L6222-42)."""
    return known(
        case.person.training_centre_agrees,
        yes="Le centre de formation est d’accord.",
        no="Le centre de formation n’est pas d’accord.",
        ask="Le centre de formation signe-t-il la convention de mobilité ?",
        articles=("CT-L6222-42",),
        fact="person.training_centre_agrees",
    )


def granted(case: Case) -> Finding:
    """Return a question on unpaid leave, whose grant depends on the person's status.

    The finding is a failure for a person without employer, and for an absence during probation that
    is longer than the law allows; otherwise it is always a question.
    """
    status = case.person.status
    if status in WITHOUT_EMPLOYER:
        return no(NO_EMPLOYER)
    if status == "probationary":
        return _unpaid_probation(case)
    if status == "tenured":
        return ask(
            "L’employeur accorde-t-il une disponibilité aussi courte, à ces dates ?",
            *(("CGFP-L514-7",) if case.employer.branch in (None, "local") else ()),
        )
    asks = {
        None: UNKNOWN,
        "contract": "Le contrat permet-il un congé sans rémunération à ces dates ?",
        "on_disponibilite": "La disponibilité en cours couvre-t-elle ces dates ?",
    }
    return ask(asks.get(status, "L’employeur accorde-t-il un congé sans solde à ces dates ?"))


def _unpaid_probation(case: Case) -> Finding:
    months, text = threshold("probationary_unpaid", case.tables), "D94-874"
    if case.mission.end < months_after(case.mission.leaves, months):
        return ask(
            f"L’administration accorde-t-elle un congé sans traitement ? {months} mois au plus "
            "pendant le stage.",
            text,
        )
    return no(f"Pendant le stage, le congé sans traitement ne dépasse pas {months} mois.", text)


def free_of_employer(case: Case) -> Finding:
    """Check that no employer has to release the person (CSS L743-2, C. trav. L5425-8).

    The condition also holds when a contract ends before the departure. The finding is a question
    for a job seeker (on the duties towards France Travail), for a contract whose end is not known
    though it must have one, and on disponibilité; a private employer then makes it a failure.
    """
    person, text = case.person, "CSS-L743-2"
    if person.status == "job_seeker":
        days = threshold("job_seeker_absence", case.tables)
        return ask(
            f"La personne a-t-elle avisé France Travail, et reste-t-elle sous {days} jours "
            "d’absence dans l’année ?",
            "CT-L5425-8",
            "CT-R5411-10",
        )
    if person.status in WITHOUT_EMPLOYER:
        return yes("Nul n’a à libérer la personne.", text)
    if person.status is None:
        return ask(UNKNOWN)
    if person.status == "on_disponibilite":
        return _disponibilite_alone(case)
    if person.contract_ends is None and person.status in WITH_A_TERM:
        return ask(
            "Quel jour le contrat finit-il, et un employeur suit-il ?",
            text,
            fact="person.contract_ends",
        )
    tenure = person.status in ("tenured", "probationary")
    if person.contract_ends and not tenure and person.contract_ends < case.mission.leaves:
        return yes("Le contrat finit avant le départ.", text)
    return no("La personne a un employeur, qui doit la libérer.", "CGFP-R123-7")


def _disponibilite_alone(case: Case) -> Finding:
    if case.employer.sector == "private":
        return no("La personne a un employeur, qui doit la libérer.", "CGFP-R123-7")
    return ask("La personne a-t-elle un employeur pendant sa disponibilité ?", "CGFP-R123-7")
