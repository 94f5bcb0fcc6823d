"""The table of the facts that leave schemes depend on and that only people know.

A fact is a field of a record of the leave engine. To ask for another fact, add an entry here.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["yes_no", "number"]
Subject = Literal["expert", "employer", "association", "need"]

YEAR, QUARTER, MONTH = 365, 92, 31


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One fact in the table.

    Attributes:
        key: the record of the engine and its field, as "employer.on_leave".
        question: the question shown on the page.
        help: the help text of the control.
        kind: the kind of the answer.
        about: the rows that the answer is about; the answer is valid for this combination of rows
            only.
        roles: the roles that know the answer and may read it; the network may record it on their
            behalf.
        lasts: the number of days after which an answer is out of date and asked for again.
        most: the largest number accepted.
    """

    key: str
    question: str
    help: str = ""
    kind: Kind = "yes_no"
    about: tuple[Subject, ...]
    roles: tuple[str, ...]
    lasts: int = YEAR
    most: int = 365

    @property
    def record(self) -> str:
        """Return the record of the engine: person, employer, association or mission."""
        return self.key.partition(".")[0]

    @property
    def field(self) -> str:
        """Return the field of the record, without the name of the record."""
        return self.key.partition(".")[2]


EMPLOYER, ASSOCIATION, EXPERT = ("employeur",), ("association",), ("expert", "employeur")

FACTS = (
    Fact(
        key="mission.travel_days",
        question="Combien de jours de voyage avant le premier jour sur place ?",
        help="Ils comptent dans l’absence. Écrivez 0 si le voyage est compris dans les dates.",
        kind="number",
        about=("expert", "need"),
        roles=("association", "expert", "employeur"),
        most=10,
    ),
    Fact(
        key="person.leave_days",
        question="Combien de jours de congé ou de RTT lui reste-t-il ?",
        help="En jours ouvrés : du lundi au vendredi, hors jours fériés.",
        kind="number",
        about=("expert",),
        roles=EXPERT,
        lasts=QUARTER,
    ),
    Fact(
        key="person.saved_days",
        question="Combien de jours reste-t-il sur son compte épargne-temps ?",
        help="En jours ouvrés. Écrivez 0 sans compte.",
        kind="number",
        about=("expert",),
        roles=EXPERT,
        lasts=QUARTER,
    ),
    Fact(
        key="person.earlier_months",
        question="Combien de mois la personne a-t-elle déjà travaillé chez vous, avant son contrat "
        "actuel ?",
        help="Écrivez 0 si c’est son premier contrat.",
        kind="number",
        about=("expert", "employer"),
        roles=EXPERT,
        most=600,
    ),
    Fact(
        key="person.cooperation_days",
        question="Combien de jours de coopération internationale a-t-elle faits en deux ans ?",
        kind="number",
        about=("expert",),
        roles=EXPERT,
        lasts=QUARTER,
        most=730,
    ),
    Fact(
        key="person.meets_own_scheme",
        question="Remplit-elle les conditions votées (ancienneté, durée) ?",
        about=("expert", "employer"),
        roles=EMPLOYER,
    ),
    Fact(
        key="person.training_centre_agrees",
        question="Le centre de formation signe-t-il la convention de mobilité ?",
        about=("expert", "need"),
        roles=EXPERT,
    ),
    Fact(
        key="employer.leave_agreement",
        question="Un accord d’entreprise ou de branche fixe-t-il d’autres règles pour le congé de "
        "solidarité internationale ?",
        about=("employer",),
        roles=EMPLOYER,
    ),
    Fact(
        key="employer.on_leave",
        question="Combien de personnes de l’établissement seront en congé de solidarité "
        "internationale à ces dates ?",
        help="Sans compter celle-ci.",
        kind="number",
        about=("employer", "need"),
        roles=EMPLOYER,
        lasts=QUARTER,
        most=1000,
    ),
    Fact(
        key="employer.taxed_on_profit",
        question="L’entreprise est-elle imposée en France sur son bénéfice réel ?",
        help="Répondez non pour une microentreprise ou un organisme exonéré.",
        about=("employer",),
        roles=EMPLOYER,
    ),
    Fact(
        key="employer.industrial",
        question="Êtes-vous un établissement public industriel ou commercial, ou une régie ?",
        help="Ses salariées et salariés relèvent du Code du travail.",
        about=("employer",),
        roles=EMPLOYER,
        lasts=5 * YEAR,
    ),
    Fact(
        key="employer.own_absence_scheme",
        question="La collectivité a-t-elle voté des autorisations d’absence pour ces missions ?",
        about=("employer",),
        roles=EMPLOYER,
    ),
    Fact(
        key="mission.supported",
        question="Menez-vous ou soutenez-vous cette action ?",
        help="Pour une collectivité : par une délibération.",
        about=("employer", "need"),
        roles=EMPLOYER,
    ),
    Fact(
        key="mission.hospital_agreement",
        question="Une convention de coopération de l’hôpital couvre-t-elle cette action ?",
        about=("employer", "need"),
        roles=EMPLOYER,
    ),
    Fact(
        key="mission.employer_directs",
        question="Gardez-vous la direction du travail sur place ?",
        help="Sinon, c’est un prêt de personnel.",
        about=("employer", "need"),
        roles=EMPLOYER,
    ),
    Fact(
        key="association.public_service",
        question="L’État, une collectivité ou l’un de leurs établissements vous a-t-il confié une "
        "mission de service public ?",
        about=("association",),
        roles=ASSOCIATION,
    ),
    Fact(
        key="association.public_utility",
        question="L’association est-elle reconnue d’utilité publique ?",
        about=("association",),
        roles=ASSOCIATION,
        lasts=5 * YEAR,
    ),
    Fact(
        key="mission.programme_from_france",
        question="Définissez-vous, payez-vous et contrôlez-vous ce programme depuis la France ?",
        help="Hors de l’Espace économique européen, il doit aussi être humanitaire.",
        about=("need",),
        roles=ASSOCIATION,
    ),
)
BY_KEY = {fact.key: fact for fact in FACTS}
