"""Table rows, and (label, value) pairs called facts, for the pages of organisations."""

from operator import attrgetter, methodcaller

from django.utils import timezone

from explor.ground.reference.selectors import label, terms
from explor.ground.ui.days import date_format
from explor.ground.ui.export import Columns

from .. import rules
from ..models import Kind, MembershipPaper, Organisation
from ..states import State

# The columns of the downloaded list of organisations.
EXPORTED: Columns = {
    "Nom": attrgetter("name"),
    "Sorte": methodcaller("get_kind_display"),
    "État": methodcaller("get_state_display"),
    "SIRET": attrgetter("siret"),
    "SIREN": attrgetter("siren"),
    "RNA": attrgetter("rna"),
    "Adresse": attrgetter("address"),
    "Code postal": attrgetter("postcode"),
    "Commune": attrgetter("city"),
    "Site": attrgetter("website"),
    "Personnes": attrgetter("people"),
}
TONES: dict[str, str] = {
    State.REGISTERED: "warn",
    State.VERIFIED: "good",
    State.REFUSED: "bad",
    State.SUSPENDED: "neutral",
    State.LAPSED: "warn",
}


def paper_rows(organisation: Organisation) -> list[dict[str, object]]:
    """Return {paper, dates, tone, standing} for each verification paper of an organisation.

    `standing` says in French whether the paper is valid today, expired or replaced; `tone` is the
    colour of its badge.
    """
    today = timezone.localdate()
    papers = list(organisation.papers.select_related("document"))
    valid = rules.in_force(papers, today).values()
    rows: list[dict[str, object]] = []
    for each in papers:
        over = each.valid_until is not None and each.valid_until < today
        status = ("bad", "n’est plus valable") if over else ("neutral", "remplacée")
        tone, standing = ("good", "en vigueur") if each in valid else status
        rows.append({"paper": each, "dates": _dates_of(each), "tone": tone, "standing": standing})
    return rows


def _dates_of(paper: MembershipPaper) -> str:
    """Return the date of a paper and the end of its validity, in French words."""
    dated = f"du {date_format(paper.dated, 'j F Y')}"
    if paper.valid_until is None:
        return dated
    return f"{dated}, valable jusqu’au {date_format(paper.valid_until, 'j F Y')}"


def facts_of(organisation: Organisation) -> list[tuple[str, object]]:
    """Return the declared fields of an organisation as (label, value) pairs, blanks included."""
    until = organisation.verified_until
    place = " ".join(filter(None, [organisation.address, organisation.postcode, organisation.city]))
    common = [
        ("Vérifiée jusqu’au", until.strftime("%d/%m/%Y") if until else ""),
        ("SIRET", organisation.siret),
        ("SIREN", organisation.siren),
        ("Adresse", place),
        ("Représentante ou représentant", organisation.representative),
        ("Site", organisation.website),
    ]
    if organisation.kind == Kind.ASSOCIATION:
        return [*common, *_association_facts(organisation)]
    return [
        *common,
        ("Employeur public", "oui" if organisation.is_public else "non"),
        ("Type de structure", _structure_of(organisation)),
        ("Effectif de l’établissement", organisation.headcount),
        (
            "Cadres retenus d’avance",
            [label("leave_schemes", code) for code in organisation.schemes],
        ),
        ("Métiers", organisation.job_families),
    ]


def _structure_of(organisation: Organisation) -> str:
    kind = terms("structure_types").get(organisation.structure_type)
    return kind.label if kind else ""


def _association_facts(association: Organisation) -> list[tuple[str, object]]:
    signed = association.cer_signed_on
    interest = {True: "oui", False: "non", None: ""}[association.general_interest]
    return [
        ("RNA", association.rna),
        ("Type de structure", _structure_of(association)),
        ("Création", association.founded_on.strftime("%d/%m/%Y") if association.founded_on else ""),
        ("Objet", association.purpose),
        ("Pays", [label("countries", code) for code in association.countries]),
        ("Secteurs", [label("sectors", code) for code in association.sectors]),
        ("Emplois salariés", association.headcount),
        ("Adhérentes et adhérents", association.members_count),
        ("Contrat d’engagement républicain", signed.strftime("%d/%m/%Y") if signed else ""),
        ("Intérêt général", interest),
    ]
