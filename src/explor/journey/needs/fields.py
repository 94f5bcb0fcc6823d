"""The table that declares each field of a need once.

Forms, pages, copies, completeness, differences, remarks, papers, exports and the requests of an
officer are generated from this table. To add a plain field to a need: add a field to the model, an
entry here, and a migration. Only a field with its own control or wording needs changes in `forms`
or `pages`.
"""

from dataclasses import dataclass

NETWORK = "le réseau et le comité"
COMMITTEE = "le comité, puis l’experte ou l’expert"
RANKING = "le classement des expertes et experts"
RANKING_AND_EMPLOYER = "le classement et l’employeur"
SAFETY = "le réseau, pour la sécurité"


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field in the table; its type, length and verbose name come from the model.

    Attributes:
        name: its name in the model.
        screen: the slug of the screen of the guided builder on which it is filled in.
        label: its label in forms, where it differs from the verbose name.
        help: the help text of its control.
        rows: the height of its text area, in lines.
        least, most: the bounds of a number.
        vocabulary: the reference list of its codes.
        fact: its label on pages and papers, where it differs from the verbose name;
            None when it is shown together with another field.
        use: its purpose, shown to an author who left it blank; "" when completeness ignores it.
        needed: whether a need cannot be filed without it.
        absent: the message when it is missing, where it differs from `use`.
        reader: who reads it once the need is filed.
        copied: whether a need created from another one copies it.
        public: whether it is public once the selection is announced.
        quoted: whether a request for supplements on this field quotes its text.
        examples: whether the type of mission suggests sentences for it.
        column: its column in the exported CSV list; "" when it is not exported.
    """

    name: str
    screen: str
    label: str = ""
    help: str = ""
    rows: int = 4
    least: int | None = None
    most: int | None = None
    vocabulary: str = ""
    fact: str | None = ""
    use: str = ""
    needed: bool = False
    absent: str = ""
    reader: str = ""
    copied: bool = True
    public: bool = False
    quoted: bool = False
    examples: bool = False
    column: str = ""


FIELDS = [
    Field(name="title", screen="probleme", fact=None, copied=False, quoted=True),
    Field(
        name="purpose",
        screen="mission",
        use="À quoi sert la mission : préparer, mener ou évaluer.",
        needed=True,
        reader=NETWORK,
    ),
    Field(
        name="mission_type",
        screen="mission",
        vocabulary="mission_types",
        use="Le type de mission : il suggère un profil.",
        needed=True,
        reader=NETWORK,
    ),
    Field(
        name="context",
        screen="probleme",
        help="Le problème, ce qui a déjà été essayé.",
        use="Le contexte : ce que le comité doit savoir pour comprendre.",
        reader=NETWORK,
        quoted=True,
    ),
    Field(
        name="audiences",
        screen="probleme",
        help="Qui vit ce problème, et combien de personnes.",
        rows=2,
        use="Les publics concernés : pour qui la mission compte, et combien de personnes.",
        reader=NETWORK,
    ),
    Field(
        name="objectives",
        screen="attendus",
        help="Ce que la personne vient faire, en une à trois phrases.",
        use="Les objectifs : ils disent ce que la personne vient faire.",
        needed=True,
        reader=COMMITTEE,
        public=True,
        quoted=True,
        examples=True,
    ),
    Field(
        name="expected_results",
        screen="attendus",
        help="Ce qui existera à la fin et n’existe pas encore.",
        use="Les résultats attendus : le compte rendu y répondra.",
        needed=True,
        reader=COMMITTEE,
        quoted=True,
        examples=True,
    ),
    Field(
        name="deliverables",
        screen="attendus",
        help="Les documents que la personne vous remettra, un par ligne.",
        use="Les livrables : ce que la personne vous remettra.",
        reader=COMMITTEE,
        examples=True,
    ),
    Field(
        name="sectors",
        screen="probleme",
        vocabulary="sectors",
        use="Un secteur : il guide la recherche d’une personne.",
        needed=True,
        reader=RANKING,
        public=True,
    ),
    Field(
        name="profile",
        screen="competences",
        help="Le métier, l’expérience, ce qui compte pour vous.",
        rows=3,
        use="Le profil : il aide une personne à se reconnaître.",
        reader=RANKING,
        examples=True,
    ),
    Field(
        name="skills",
        screen="competences",
        label="Compétences recherchées, une par ligne",
        use="Une compétence : c’est elle que l’on cherche.",
        needed=True,
        reader=RANKING,
        public=True,
    ),
    Field(
        name="languages",
        screen="competences",
        label="Langues et niveau minimal, une par ligne",
        help="Par exemple : français B2, ou portugais B1.",
        use="Une langue et son niveau : sans elle, pas de travail.",
        needed=True,
        absent="au moins une langue et son niveau.",
        reader=RANKING,
        public=True,
    ),
    Field(
        name="partner",
        screen="partenaire",
        help="Son pays et son lieu sont repris si vous laissez les vôtres vides.",
        use="Le partenaire de terrain : il accueille la mission et la confirme.",
        needed=True,
        reader="le partenaire lui-même, puis le comité",
    ),
    Field(
        name="country",
        screen="partenaire",
        vocabulary="countries",
        use="Le pays : il décide de la sécurité et des langues.",
        needed=True,
        reader=SAFETY,
        public=True,
    ),
    Field(
        name="place",
        screen="partenaire",
        use="Le lieu : les conseils aux voyageurs changent d’une région à l’autre.",
        needed=True,
        reader=SAFETY,
        public=True,
        quoted=True,
    ),
    Field(
        name="window_start",
        screen="dates",
        fact="Fenêtre",
        use="Le début de la fenêtre : il faut environ trois mois pour préparer un départ.",
        needed=True,
        reader=RANKING_AND_EMPLOYER,
        copied=False,
        public=True,
    ),
    Field(
        name="window_end",
        screen="dates",
        fact=None,
        use="La fin de la fenêtre.",
        needed=True,
        reader=RANKING_AND_EMPLOYER,
        copied=False,
    ),
    Field(
        name="days",
        screen="dates",
        least=1,
        fact="Durée sur place",
        use="La durée sur place.",
        needed=True,
        reader=RANKING_AND_EMPLOYER,
        copied=False,
        public=True,
        column="jours",
    ),
    Field(
        name="seats",
        screen="dates",
        label="Nombre de personnes demandées",
        least=1,
        most=6,
        fact="Personnes demandées",
        public=True,
        column="personnes",
    ),
]


def named(name: str) -> Field:
    """Return the field named `name`; raise KeyError when there is none."""
    for field in FIELDS:
        if field.name == name:
            return field
    raise KeyError(name)
