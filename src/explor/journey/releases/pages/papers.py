"""The papers of a release: data of its sealed PDFs, files of the others, lines left to fill."""

from typing import Any

from django.urls import reverse
from django.utils.text import slugify

from explor.ground.http.actor import Actor
from explor.ground.reference.selectors import label
from explor.ground.ui import docx, pdf
from explor.ground.ui.elision import of
from explor.journey.leave_readings.engine import LeavePaper, leave_papers

from .. import rules, selectors
from ..engine import LeaveReading
from ..fields import SIGNERS
from ..models import Release
from ..states import State
from .clauses import WrittenPaper, agreement_of, write

MIMES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

# The facts of a paper that its public verification page does not show.
PRIVATE = ("Personne", "Employeur")


def agreement_paper(
    release: Release, scheme: str, rank: int, lines: dict[str, str] | None = None
) -> dict[str, Any]:
    """Return the arguments of `files.draw` for the agreement: data, facts of its seal, title.

    Args:
        scheme: the code of the leave scheme, which determines the clauses.
        rank: 0 for the agreement, n for its n-th amendment.
        lines: what to write on its lines to fill, by default what the last version has there.
    """
    typed = selectors.lines_of(release) if lines is None else lines
    written = write(release, scheme, agreement_of(release, scheme), typed)
    title = f"Avenant n° {rank}" if rank else written.paper.title
    number = f"{release.agreement_number}-A{rank}" if rank else release.agreement_number
    facts = [("Avenant" if rank else "Convention", number), *_facts(release, scheme)]
    data = _data(release, written, title=f"{title} {number}", facts=facts)
    data |= {"left": list(written.left), "lines": typed}  # not printed
    if rank:
        data["lead"] = f"{written.paper.title}. {written.paper.purpose}"
        data["sections"] = [_what_it_replaces(release), *data["sections"]]
    shown = [fact for fact in facts if fact[0] not in PRIVATE]
    return {"data": data, "facts": shown, "title": title}


def left_to_fill(release: Release) -> list[str]:
    """Return in French each field left to fill in the agreement; [] before a scheme is chosen.

    Once the agreement is generated, the fields are those of its PDF, whatever the data say since.
    """
    if not release.scheme:
        return []
    if release.agreement and "left" in release.agreement.content:
        return list(release.agreement.content["left"])
    return list(write(release, release.scheme, agreement_of(release, release.scheme)).left)


def how_to_fill(release: Release) -> str:
    """Return who may fill the lines of the agreement, and until when."""
    who = release.by_employment(
        "le réseau, l’association ou l’employeur", "le réseau ou l’association"
    )
    return (
        f"Avant la première signature, {who} peut les remplir depuis sa page (« Remplir les "
        "lignes »). Ensuite, elles restent vides, ou se remplissent à la main sur un papier signé "
        "que le réseau dépose."
    )


def schemes_with_papers(release: Release, possible: list[str]) -> list[str]:
    """Return the codes of the leave schemes whose papers can be downloaded.

    Args:
        possible: the codes of the schemes that are not closed today, offered until one is chosen.
    """
    if release.state in (State.REFUSED, State.ENDED):
        return []
    return [release.scheme] if release.scheme else possible


def forms_of(release: Release, paper: LeavePaper) -> tuple[str, ...]:
    """Return the file formats in which a paper can be downloaded, among "pdf" and "docx".

    Once the agreement is generated, its only PDF is the sealed one, which another page serves.
    """
    return ("docx",) if paper.is_agreement and release.agreement_id else ("pdf", "docx")


def slug_of(paper: LeavePaper) -> str:
    """Return the name of a paper in URLs and files, from its title."""
    return slugify(paper.title)


def papers_for(actor: Actor, release: Release, scheme: str) -> list[LeavePaper]:
    """Return the papers of a leave scheme that `actor` may download, the agreement first."""
    papers = leave_papers(scheme, release.employer)
    return [each for each in papers if rules.can_read_paper(actor, release, each)]


def paper_file(release: Release, scheme: str, paper: LeavePaper, form: str) -> bytes:
    """Return a paper to complete and sign, as an unsealed file; `form` is "pdf" or "docx"."""
    written = write(release, scheme, paper)
    if form == "docx":
        return _word(release, scheme, written)
    data = _data(release, written, title=paper.title, facts=_facts(release, scheme))
    return pdf.render("document.typ", data, title=paper.title, at=release.state_since)


def _word(release: Release, scheme: str, written: WrittenPaper) -> bytes:
    network = release.proposal.need.network.name
    signatures = [
        (
            ", ".join(filter(None, [each["party"], each["name"], each["role"]])),
            "Date et signature :",
        )
        for each in written.signatures
    ]
    clauses = [
        (section["title"], [("", each) for each in section["paragraphs"]])
        for section in written.sections
    ]
    return docx.document(
        title=written.paper.title,
        lead=f"{written.status(network)}. {written.paper.purpose}",
        parts=[("Le départ", _facts(release, scheme)), *clauses, ("Signatures", signatures)],
    )


def _data(
    release: Release, written: WrittenPaper, *, title: str, facts: list[tuple[str, str]]
) -> dict[str, Any]:
    """Return the data that the template `document.typ` needs to render a paper."""
    network = release.proposal.need.network
    return {
        "issuer": {"name": network.name, "accent": network.accent},
        "reference": title,
        "kicker": written.status(network.name),
        "lead": written.paper.purpose,
        "facts": [list(fact) for fact in facts],
        "sections": written.sections,
        "signatures": list(written.signatures),
    }


def _facts(release: Release, scheme: str) -> list[tuple[str, str]]:
    proposal = release.proposal
    need = proposal.need
    return [
        ("Personne", proposal.expert.person.name),
        ("Mission", need.title),
        ("Association", need.association.name),
        *_employer_of(release),
        ("Lieu", ", ".join(filter(None, [need.place, label("countries", need.country)]))),
        ("Dates", f"du {proposal.start:%d/%m/%Y} au {proposal.end:%d/%m/%Y}"),
        ("Cadre", label("leave_schemes", scheme)),
    ]


def _employer_of(release: Release) -> list[tuple[str, str]]:
    """Return the (label, value) line on the employer, [] when the person has none."""
    if release.without_employer:
        return []
    return [("Employeur", release.employer.name if release.employer else "")]


def _what_it_replaces(release: Release) -> dict[str, Any]:
    text = f"Il remplace la convention {release.agreement_number} et ses avenants."
    return {"title": "Objet", "paragraphs": [text]}


def notes_of_sign(actor: Actor, release: Release) -> list[str]:
    """Return a warning to read before signing when the agreement has fields left to fill."""
    left = left_to_fill(release)
    if not left:
        return []
    return [f"Ces lignes sont encore vides : {' ; '.join(left)}.", how_to_fill(release)]


def drafts_for(actor: Actor, release: Release, possible: list[str]) -> list[dict[str, Any]]:
    """Return a dict for each leave scheme offered: its `label` and its `papers`.

    A paper is a dict: `title`, `purpose`, `signers`, `mark` (label and tone of its badge) and
    `links`, (format, URL) pairs. A scheme without a paper that `actor` may read is left out.
    """
    rows = [
        {
            "label": label("leave_schemes", scheme),
            "papers": [
                _draft(actor, release, scheme, paper)
                for paper in papers_for(actor, release, scheme)
            ],
        }
        for scheme in schemes_with_papers(release, possible)
    ]
    return [row for row in rows if row["papers"]]


def _draft(actor: Actor, release: Release, scheme: str, paper: LeavePaper) -> dict[str, Any]:
    own = [release.pk, scheme.lower(), slug_of(paper)]
    args = own if actor.role == "expert" else [actor.key, *own]
    signers = [SIGNERS[each] for each in (*paper.signers, *paper.consenting)]
    return {
        "title": paper.title,
        "purpose": paper.purpose,
        "signers": ", ".join(signers),
        "mark": _mark(release, paper),
        "links": [
            (form, reverse(f"releases:{actor.role}_paper", args=[*args, form]))
            for form in forms_of(release, paper)
        ],
    }


def _mark(release: Release, paper: LeavePaper) -> tuple[str, str]:
    """Return the (label, tone) of the status badge of a paper; only the agreement is tracked."""
    if not paper.is_agreement:
        return ("suivi hors d’Explor", "neutral")
    if release.state == State.AGREED:
        return ("signée", "good")
    if release.agreement_id:
        return ("à signer", "warn")
    return ("à établir", "neutral")


def silence_paper(release: Release, reading: LeaveReading) -> dict[str, Any]:
    """Return the arguments of `files.draw` for the statement that silence is consent.

    Args:
        reading: the verdict on the requested leave scheme.
    """
    proposal = release.proposal
    need, person = proposal.need, proposal.expert.person.name
    employer = release.employer.name if release.employer else ""
    facts = [
        ("Accord de l’employeur", release.file_number),
        ("Mission", need.title),
        ("Dates", f"du {proposal.start:%d/%m/%Y} au {proposal.end:%d/%m/%Y}"),
        ("Cadre demandé", reading.label),
        ("Demande reçue le", f"{release.requested_on:%d/%m/%Y}"),
        ("Réponse possible jusqu’au", f"{release.answer_by:%d/%m/%Y}"),
    ]
    text = (
        f"{employer} a reçu la demande {of(person)} et n’a pas répondu dans le délai du texte. "
        f"Son silence vaut accord ({reading.article})."
    )
    proof = release.request_note or "un document joint au dossier"
    return {
        "data": {
            "issuer": {"name": need.network.name, "accent": need.network.accent},
            "reference": f"Accord tacite {release.file_number}",
            "kicker": "Constat d’un accord tacite (modèle : exemple)",
            "lead": f"Pour la mission {of(person)}.",
            "facts": [list(fact) for fact in facts],
            "sections": [
                {"title": "Constat", "paragraphs": [text]},
                {"title": "Preuve de la date", "paragraphs": [proof]},
            ],
        },
        "facts": facts,
        "title": "Constat d’un accord tacite",
    }
