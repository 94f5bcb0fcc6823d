"""Conditions on the employer: sector, kind of public body, schemes that it accepts or has voted."""

from ..model import WITHOUT_EMPLOYER
from ..tables import threshold
from .findings import HOLDS, Case, Finding, ask, known, no, yes

KIND = "De quelle sorte d’employeur public s’agit-il ?"
SECTOR = "L’employeur est-il privé ou public ?"


def accepted(case: Case) -> Finding:
    """Check that the employer has not excluded this scheme.

    The condition also holds when the employer has not said which schemes it accepts, or cannot
    exclude this one.
    """
    chosen = case.employer.accepted
    if not case.scheme.employer_may_exclude or chosen is None:
        return HOLDS
    if case.scheme.code in chosen:
        return yes("L’employeur accepte ce cadre.")
    return no("L’employeur n’a pas retenu ce cadre.", *case.scheme.articles)


def leave_agreement(case: Case) -> Finding:
    """Return a finding that holds, and names `employer.leave_agreement` while it is unknown.

    A company or branch agreement may set other rules for the CSI (C. trav. L3142-73).
    """
    known_agreement = case.employer.leave_agreement is not None
    return HOLDS if known_agreement else yes("", fact="employer.leave_agreement")


def private_employer(case: Case) -> Finding:
    """Check that the employer is private, or a public body of industry or trade (L8241-1).

    The condition also holds for a self-employed person.
    """
    sector, texts = case.employer.sector, case.scheme.articles
    if case.person.status == "self_employed":
        return HOLDS
    if sector is None:
        return ask(SECTOR)
    if sector == "private":
        return yes("L’employeur est privé.", *texts)
    return known(
        case.employer.industrial,
        yes="L’employeur public est industriel ou commercial.",
        no="Ce cadre est réservé aux entreprises.",
        ask="L’employeur est-il un établissement public industriel ou commercial ?",
        articles=texts,
        fact="employer.industrial",
    )


def taxed_on_profit(case: Case) -> Finding:
    """Check that the firm is taxed in France on its real profit, as tax relief on a gift requires.

    Sources: CGI 238 bis, BOFiP.
    """
    return known(
        case.employer.taxed_on_profit,
        yes="L’entreprise est imposée en France sur son bénéfice réel.",
        no="L’employeur n’est pas imposé sur un bénéfice réel : le don n’ouvre aucune réduction.",
        ask="L’entreprise est-elle imposée en France sur son bénéfice réel (hors micro) ?",
        articles=("CGI-238BIS", "BOI-RICI-20-30"),
        fact="employer.taxed_on_profit",
    )


def outside_group(case: Case) -> Finding:
    """Check that the association does not belong to the employer's group (C. trav. L8241-3)."""
    if case.association.same_group:
        return no("Le prêt gratuit est exclu dans un même groupe.", "CT-L8241-3")
    return HOLDS


def public_employer(case: Case) -> Finding:
    """Check that the employer belongs to one of the three branches of the public service.

    Sources, by branch: CGFP L512-10 (State), L512-12 (local) and L512-16 (hospitals).
    """
    texts = case.scheme.articles
    if case.employer.sector == "private":
        return no("Ce cadre est réservé aux employeurs publics.", *texts)
    branch = case.employer.branch
    if branch is None:
        return ask(KIND, *texts)
    own = {"local": "CGFP-L512-12", "state": "CGFP-L512-10", "hospital": "CGFP-L512-16"}
    return yes("L’employeur relève de la fonction publique.", own[branch])


def ordering_body(case: Case) -> Finding:
    """Check that the employer is a public body, which can give a travel order (ordre de mission).

    Sources, by branch: décrets 2006-781 (State), 2001-654 (local) and 92-566 (hospitals). The
    condition also holds without employer nor known branch: `in_service` then asks the question.
    """
    texts = case.scheme.articles
    if case.employer.sector == "private":
        return no("Ce cadre est réservé aux employeurs publics.", *texts)
    branch = case.employer.branch
    if branch is None and case.person.status in WITHOUT_EMPLOYER:
        return HOLDS  # `in_service` already asks which body sends the person
    if branch is None:
        return ask(KIND, *texts)
    own = {"local": "D2001-654", "state": "D2006-781-2", "hospital": "D92-566"}
    return yes("L’employeur donne des ordres de mission.", own[branch])


def patron_body(case: Case) -> Finding:
    """Check that the law lets this kind of public employer lend its agents to associations.

    Loi 2022-217, art. 209 names the State and its establishments, the départements, the regions,
    the EPCI with their own taxes and the communes above a number of inhabitants. For a hospital or
    an unknown kind the finding is a question.
    """
    employer, text = case.employer, "LOI2022-217-209"
    if employer.sector == "private":
        return no("Ce cadre est réservé aux employeurs publics.", text)
    if employer.body is None:
        return ask(KIND, text)
    if employer.body == "other":
        return ask(
            "L’employeur est-il l’État ou l’un de ses établissements publics ?", text, "CGFP-L3"
        )
    if employer.body == "hospital":
        return ask(
            "Un décret applique-t-il ce cadre aux agents hospitaliers ? La loi l’ouvre depuis "
            "2024, aucun décret n’a été trouvé.",
            text,
            "LOI2024-344",
        )
    if employer.body == "local_establishment":
        return no("Le texte ne cite pas cette sorte d’employeur public.", text)
    if employer.body == "commune":
        return _large_commune(case)
    return yes("Le texte cite cette sorte d’employeur public.", text, "CGFP-L3")


def _large_commune(case: Case) -> Finding:
    people, least = case.employer.inhabitants, threshold("mcf_inhabitants", case.tables)
    shown = f"{least:,}".replace(",", " ")
    return known(
        None if people is None else people > least,
        yes=f"La commune compte plus de {shown} habitants.",
        no=f"La commune ne dépasse pas {shown} habitants.",
        ask="Combien d’habitants compte la commune ?",
        articles=("LOI2022-217-209",),
    )


def hospital(case: Case) -> Finding:
    """Check that the employer is a public hospital (CSP L6134-1)."""
    body, text = case.employer.body, "CSP-L6134-1"
    if case.employer.sector == "private":
        return no("Ce cadre est réservé aux hôpitaux publics.", text)
    return known(
        None if body in (None, "other") else body == "hospital",
        yes="L’employeur est un hôpital public.",
        no="L’employeur n’est pas un hôpital public.",
        ask="L’employeur est-il un hôpital public ?",
        articles=(text,),
    )


def own_absence_scheme(case: Case) -> Finding:
    """Check that the local council has voted an absence scheme of its own for such missions."""
    text, branch = "DELIBERATION", case.employer.branch
    if case.employer.sector == "private" or branch in ("state", "hospital"):
        return no("Ce cadre est voté par une assemblée locale.", text)
    if branch is None:
        return ask(KIND, text)
    return known(
        case.employer.own_absence_scheme,
        yes="La collectivité a voté un dispositif d’absence.",
        no="La collectivité n’a pas voté de dispositif d’absence.",
        ask="La collectivité a-t-elle voté un dispositif d’absence pour ces missions ?",
        articles=(text,),
        fact="employer.own_absence_scheme",
    )


def meets_own_scheme(case: Case) -> Finding:
    """Check that the person meets the conditions (seniority, duration) that the council voted."""
    return known(
        case.person.meets_own_scheme,
        yes="La personne remplit les conditions votées.",
        no="La personne ne remplit pas les conditions votées.",
        ask="La personne remplit-elle les conditions votées (ancienneté, durée) ?",
        articles=("DELIBERATION",),
        fact="person.meets_own_scheme",
    )
