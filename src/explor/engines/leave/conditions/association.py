"""Conditions on the association that receives the person, and on its mission."""

from ..tables import threshold
from .findings import HOLDS, Case, Finding, ask, known, no


def on_1996_list(case: Case) -> Finding:
    """Check that the association is on the list of the arrêté of 16 July 1996 (L3142-67).

    For an international organisation, which has a separate list, the finding is a question.
    """
    texts = ("ARR1996-07-16", "CT-L3142-67")
    if case.association.international_organisation:
        return ask(
            "L’organisation internationale figure-t-elle sur la liste de l’autorité "
            "administrative ?",
            *texts,
        )
    return known(
        case.association.on_1996_list,
        yes="L’association figure sur la liste de l’arrêté du 16 juillet 1996.",
        no="L’association ne figure pas sur la liste de l’arrêté du 16 juillet 1996.",
        ask="L’association figure-t-elle sur la liste de l’arrêté du 16 juillet 1996 ?",
        articles=texts,
    )


def general_interest(case: Case) -> Finding:
    """Check that the association is of general interest (CGI 238 bis, 1).

    An association of public utility (utilité publique) does not meet the condition by that alone.
    """
    return known(
        case.association.general_interest,
        yes="L’association est d’intérêt général.",
        no="L’association n’est pas d’intérêt général : être reconnue d’utilité publique ne suffit "
        "pas.",
        ask="L’association est-elle d’intérêt général (Code général des impôts, art. 238 bis) ?",
        articles=("CGI-238BIS",),
    )


def general_interest_or_utility(case: Case) -> Finding:
    """Check that the association is of general interest or of public utility.

    Source: loi 2022-217, art. 209.
    """
    facts = (case.association.general_interest, case.association.public_utility)
    return known(
        True if True in facts else None if None in facts else False,
        yes="L’association est d’intérêt général ou reconnue d’utilité publique.",
        no="L’association n’est ni d’intérêt général ni reconnue d’utilité publique.",
        ask="L’association est-elle d’intérêt général (Code général des impôts, art. 238 bis) "
        "ou reconnue d’utilité publique ?",
        articles=("LOI2022-217-209", "CGI-238BIS"),
        fact="association.public_utility",
    )


def programme_from_france(case: Case) -> Finding:
    """Check that the association runs a programme abroad from France, as tax relief requires.

    Source: BOI-BIC-RICI-20-30-10-10. The condition also holds for a mission in France.
    """
    if case.mission.abroad is False:
        return HOLDS
    return known(
        case.mission.programme_from_france,
        yes="L’association conduit le programme depuis la France.",
        no="L’association ne conduit pas le programme depuis la France : le don ne compte pas.",
        ask="L’association définit-elle, paie-t-elle et contrôle-t-elle le programme depuis la "
        "France, et est-il humanitaire s’il a lieu hors de l’Espace économique européen ?",
        articles=("BOI-RICI-20-30",),
        fact="mission.programme_from_france",
    )


def public_service(case: Case) -> Finding:
    """Check that the association is entrusted with a public service mission (CGFP L512-8, 4°)."""
    return known(
        case.association.public_service,
        yes="Une mission de service public est confiée à l’association.",
        no="Aucune mission de service public n’est confiée à l’association.",
        ask="L’État, une collectivité ou l’un de leurs établissements a-t-il confié à "
        "l’association la mission de service public en cause ?",
        articles=("CGFP-L512-8",),
        fact="association.public_service",
    )


def supported(case: Case) -> Finding:
    """Check that the public employer leads or supports the mission (CGCT L1115-1)."""
    local = case.employer.branch in (None, "local")
    who, how = ("La collectivité", " (délibération)") if local else ("L’administration", "")
    return known(
        case.mission.supported,
        yes=f"{who} mène ou soutient cette action.",
        no=f"{who} ne mène ni ne soutient cette action.",
        ask=f"{who} soutient-elle ou mène-t-elle cette action{how} ?",
        articles=("CGCT-L1115-1",) if local else ("D2006-781-2",),
        fact="mission.supported",
    )


def hospital_agreement(case: Case) -> Finding:
    """Check that an agreement of the hospital covers the mission (CSP R6134-1).

    Without an agreement, a mission of fifteen days or fewer gives a question instead of a failure:
    the arrêtés of 14 January 2005 let a person leave without an agreement for fifteen days in two
    years.
    """
    days = threshold("mci_individual", case.tables)
    length = (case.mission.end - case.mission.leaves).days + 1
    if case.mission.hospital_agreement is False and length <= days:
        return ask(
            f"L’hôpital accorde-t-il une absence à titre individuel ({days} jours en deux ans) ?",
            "ARR2005-01-14",
        )
    if case.mission.hospital_agreement is False:
        return no("Aucune convention de l’hôpital ne couvre cette action.", "CSP-R6134-1")
    return known(
        case.mission.hospital_agreement,
        yes="Une convention de coopération de l’hôpital couvre cette action.",
        no="",
        ask="Une convention de coopération de l’hôpital couvre-t-elle cette action ?",
        articles=("CSP-R6134-1",),
        fact="mission.hospital_agreement",
    )


def employer_directs(case: Case) -> Finding:
    """Check that the employer, not the association, directs the work of the person.

    Otherwise the law treats the absence as a loan of staff (C. trav. L8241-1), a failure if the
    status is known, else a question. The condition also holds for a self-employed person.
    """
    status, directs = case.person.status, case.mission.employer_directs
    if status == "self_employed":
        return HOLDS
    if status is None and directs is False:
        return ask("Quel est le statut de la personne ?")
    return known(
        directs,
        yes="L’employeur garde la direction du travail.",
        no="L’association dirige le travail : c’est un prêt de main-d’œuvre.",
        ask="L’employeur garde-t-il la direction du travail sur place ?",
        articles=("CT-L4121-1", "CT-L8241-1"),
        fact="mission.employer_directs",
    )


def abroad(case: Case) -> Finding:
    """Check that the mission is outside France and its overseas territories (L3142-67)."""
    return known(
        case.mission.abroad,
        yes="La mission a lieu hors de France.",
        no="La mission n’a pas lieu hors de France.",
        ask="La mission a-t-elle lieu hors de France ?",
        articles=case.scheme.articles,
    )
