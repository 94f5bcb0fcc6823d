"""The eight leave schemes described by French law: constants, each with its source.

Labels, papers, payers and insurers are our own summary of the texts named in `article`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

CSI_NOTICE_DAYS: Final = 30  # C. trav. D3142-56: thirty days before the leave begins
CSI_ANSWER_DAYS: Final = 15  # C. trav. D3142-54: fifteen days, silence is consent
CSI_SENIORITY_MONTHS: Final = 12  # C. trav. L3142-67 ff.: unless an agreement differs
# Our estimate, not the law: an answer after 15 days would be too late for a visa and a ticket.
CSI_ADVISED_DAYS: Final = 60
MCF_INHABITANTS: Final = 3500  # loi 2022-217, art. 209: communes of more than 3,500 inhabitants


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """A leave scheme. `longest_months` and the validity dates are None when the law sets none."""

    code: str
    label: str
    article: str
    papers: tuple[str, ...]
    payer: str
    insurer: str
    longest_months: int | None = None
    notice_days: int | None = None
    answer_days: int | None = None
    silence_is_consent: bool | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    doubtful_to: date | None = None
    employer_may_exclude: bool = True


CSI = Scheme(
    code="CSI",
    label="Congé de solidarité internationale",
    # L3142-67 to 72: rules; L3142-73: agreement; D3142-54: answer; 56: notice; 57: quota.
    article="Code du travail, art. L3142-67 et suivants, D3142-54 à D3142-57",
    papers=(
        "Demande datée, avec preuve de sa date : durée de l’absence et nom de l’association",
        "Réponse de l’employeur, ou constat de son silence au bout de 15 jours",
        "Attestation de mission remise à l’employeur au retour",
    ),
    payer="Personne : le contrat est suspendu, sans salaire.",
    insurer="L’association : soins, assistance et rapatriement ; le contrat est suspendu.",
    longest_months=6,
    notice_days=CSI_NOTICE_DAYS,
    answer_days=CSI_ANSWER_DAYS,
    silence_is_consent=True,
    employer_may_exclude=False,  # a right, refused only for reasons set by law
)
CP = Scheme(
    code="CP",
    label="Congés payés ou RTT",
    article="Aucun texte propre : congés ordinaires de la personne",
    papers=(
        "Accord de l’employeur sur les dates de congé",
        "Convention de bénévolat entre la personne et l’association",
    ),
    payer="L’employeur, au titre des congés de la personne.",
    insurer="L’association : la personne est bénévole pendant ses congés.",
    employer_may_exclude=False,  # ordinary leave: the employer agrees only to its dates
)
PMO = Scheme(
    code="PMO",
    label="Prêt de main-d’œuvre à but non lucratif",
    article="Code du travail, art. L8241-2",
    papers=(
        "Accord écrit de la personne",
        "Convention de prêt : durée, identité et qualification de la personne, mode de calcul "
        "des salaires, charges et frais facturés",
        "Avenant au contrat de travail : travail confié, horaires, lieu, caractéristiques du poste",
    ),
    payer="L’employeur verse le salaire ; il ne peut facturer à l’association que le salaire, "
    "les charges et les frais.",
    # C. trav. L4121-1: the employer is responsible for the person's safety during the mission.
    insurer="L’employeur (accident du travail) ; assistance et rapatriement à prévoir.",
)
MCP = Scheme(
    code="MCP",
    label="Mécénat de compétences d’une entreprise",
    # Law 2024-344 of 15 April 2024 opened free lending below 5,000 staff, for three years at most.
    article="Code général des impôts, art. 238 bis ; Code du travail, art. L8241-2 et L8241-3",
    papers=(
        "Accord écrit de la personne",
        "Convention de mécénat, avec avenant au contrat de travail en cas de prêt",
        "Valeur du don fixée par l’entreprise, reçu fiscal Cerfa n° 16216",
    ),
    payer="L’employeur : le salaire est un don, qu’il évalue lui-même.",
    insurer="L’employeur (accident du travail) ; assistance et rapatriement à prévoir.",
    longest_months=36,
)
MAD = Scheme(
    code="MAD",
    label="Mise à disposition d’une ou d’un fonctionnaire territorial",
    article="Code général de la fonction publique, art. L512-8 ; décret n° 2008-580",
    papers=(
        "Accord écrit de la personne",
        "Information préalable de l’assemblée délibérante",
        "Arrêté de mise à disposition",
        "Convention : activités, conditions d’emploi, contrôle et évaluation, préavis, "
        "remboursement",
    ),
    payer="La collectivité verse le traitement ; l’association le rembourse.",
    insurer="La collectivité (accident de service) ; assistance et rapatriement à prévoir.",
)
MCF = Scheme(
    code="MCF",
    label="Mécénat de compétences de la fonction publique",
    article="Loi n° 2022-217, art. 209 ; décret n° 2022-1682",
    papers=(
        "Demande de la personne",
        "Contrôle déontologique sur les trois dernières années",
        "Arrêté de mise à disposition",
        "Convention : activités, durée, conditions d’emploi, renouvellement et fin anticipée, "
        "rappel des obligations (art. L121-1 à L121-11), clauses de subvention si gratuite",
    ),
    payer="L’administration verse le traitement ; gratuite (c’est une subvention) ou remboursée.",
    insurer="L’administration (accident de service) ; assistance et rapatriement à prévoir.",
    longest_months=18,  # first period; three years at most with renewals
    # Décret 2022-1682: five years from 28 December 2022; it may also mean until the 28th.
    valid_from=date(2022, 12, 28),
    valid_to=date(2027, 12, 27),
    doubtful_to=date(2027, 12, 28),
)
OM = Scheme(
    code="OM",
    label="Ordre de mission de la collectivité",
    article="Code général des collectivités territoriales, art. L1115-1",
    papers=(
        "Ordre de mission : nom, objet, lieux de départ et de retour, dates, transports et classe, "
        "autres frais, prise en charge, lieu d’exécution",
        "Convention de coopération avec l’autorité locale étrangère",
    ),
    payer="La collectivité : traitement et frais de mission.",
    insurer="La collectivité (accident de service) ; assistance et rapatriement à prévoir.",
    longest_months=12,
)
CSS = Scheme(
    code="CSS",
    label="Congé sans solde ou disponibilité",
    article="Aucun texte propre aux salariés ; pour les agents publics, à vérifier selon le statut",
    papers=(
        "Accord écrit de l’employeur, ou arrêté pour un agent public",
        "Convention de bénévolat entre la personne et l’association",
    ),
    payer="Personne : ni salaire ni traitement.",
    insurer="L’association : la personne est bénévole pendant son absence.",
)

SCHEMES: Final = (CSI, CP, PMO, MCP, MAD, MCF, OM, CSS)
CODES: Final = tuple(scheme.code for scheme in SCHEMES)
