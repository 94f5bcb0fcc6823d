"""A need as others will read it: the public, experts, and the terms of reference as a file."""

from explor.ground.common import docx, pdf
from explor.ground.reference.queries import label

from ..models import Need
from . import facts_of, parts_of

MIMES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def public_facts(need: Need) -> list[tuple[str, object]]:
    """What the public reads of a need once its selection is announced."""
    shown = ("Objectifs", "Secteurs", "Compétences", "Langues", "Fenêtre", "Durée sur place")
    told = [pair for pair in facts_of(need) if pair[0] in (*shown, "Personnes demandées")]
    country = label("countries", need.country) if need.country else ""
    return [
        ("Association", need.association.name),
        ("Réseau", need.network.name),
        ("Pays", country),
        ("Lieu", need.place),
        *told,
    ]


def terms_of_reference(need: Need, form: str) -> bytes:
    """The terms of reference as a PDF or a DOCX file, blanks shown."""
    lead = f"{need.association.name}, {need.network.name} – {need.get_state_display()}"
    if form == "docx":
        parts = [(screen.title, facts) for screen, facts in parts_of(need)]
        return docx.document(title=need.title, lead=lead, parts=parts)
    sections = [
        {"title": screen.title, "facts": [[name, _line(value)] for name, value in facts]}
        for screen, facts in parts_of(need)
    ]
    data = {"kicker": "Termes de référence", "lead": lead, "sections": sections}
    return pdf.render("document.typ", data, title=need.title, at=need.state_since)


def _line(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
