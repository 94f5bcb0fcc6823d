"""A need as the public and experts read it, and its terms of reference as a file."""

from explor.ground.ui import docx, pdf

from ..models import Need
from . import parts_of, public_pairs

MIMES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def public_facts(need: Need) -> list[tuple[str, object]]:
    """Return the (label, value) pairs that the public may read once the selection is announced."""
    held = [("Association", need.association.name), ("Réseau", need.network.name)]
    return [*held, *public_pairs(need)]


def terms_of_reference(need: Need, form: str) -> bytes:
    """Return the content of the terms of reference as a file; `form` is "pdf" or "docx"."""
    holders = f"{need.association.name}, {need.network.name}"
    lead = f"{need.file_number} – {holders} – {need.get_state_display()}"
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
