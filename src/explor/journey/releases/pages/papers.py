"""The agreement of a release as the data of its PDF."""

from typing import Any

from explor.ground.reference.selectors import label

from .. import rules
from ..engine import LeaveReading
from ..models import Release


def agreement_paper(release: Release, scheme: str, rank: int, reason: str = "") -> dict[str, Any]:
    """Return the arguments that draw the agreement: data, facts of its seal, title.

    Args:
        scheme: the code of the leave scheme.
        rank: 0 for the agreement, n for its n-th amendment.
        reason: why the agreement is amended.
    """
    proposal = release.proposal
    need, expert = proposal.need, proposal.expert
    title = f"Avenant n° {rank}" if rank else "Convention de mission"
    number = f"{release.agreement_number}-A{rank}" if rank else release.agreement_number
    employer = release.employer.name if release.employer else ""
    facts = [
        ("Avenant" if rank else "Convention", number),
        ("Mission", need.title),
        ("Association", need.association.name),
        *([] if release.without_employer else [("Employeur", employer)]),
        ("Lieu", ", ".join(filter(None, [need.place, label("countries", need.country)]))),
        ("Dates", f"du {proposal.start:%d/%m/%Y} au {proposal.end:%d/%m/%Y}"),
        ("Cadre", label("leave_schemes", scheme)),
    ]
    return {
        "data": {
            "issuer": {"name": need.network.name, "accent": need.network.accent},
            "reference": f"{title} {number}",
            "kicker": f"{title} (modèle : exemple)",
            "lead": f"Entre les signataires, pour la mission de {expert.person.name}.",
            "facts": [list(fact) for fact in facts],
            "sections": [
                *([_what_it_replaces(release, reason)] if rank else []),
                {"title": "Objectifs", "paragraphs": [need.objectives]},
                {"title": "Résultats attendus", "paragraphs": [need.expected_results]},
            ],
            "signatures": _signatures(release),
        },
        "facts": [fact for fact in facts if fact[0] != "Employeur"],
        "title": title,
    }


def _what_it_replaces(release: Release, reason: str) -> dict[str, Any]:
    text = f"Il remplace la convention {release.agreement_number} et ses avenants. {reason}"
    return {"title": "Objet", "paragraphs": [text.strip()]}


def _signatures(release: Release) -> list[dict[str, str]]:
    """Return the parties that sign, each with the name under which its signature is drawn."""
    proposal = release.proposal
    names = {
        "association": proposal.need.association.name,
        "expert": proposal.expert.person.name,
        "employeur": release.employer.name if release.employer else "",
    }
    return [{"party": party, "name": names[party]} for party in rules.parties_of(release)]


def silence_paper(release: Release, reading: LeaveReading) -> dict[str, Any]:
    """Return the arguments that draw the statement of a consent by silence.

    Args:
        reading: the reading of the leave scheme requested.
    """
    proposal = release.proposal
    need, person = proposal.need, proposal.expert.person.name
    employer = release.employer.name if release.employer else ""
    facts = [
        ("Mise à disposition", release.file_number),
        ("Mission", need.title),
        ("Dates", f"du {proposal.start:%d/%m/%Y} au {proposal.end:%d/%m/%Y}"),
        ("Cadre demandé", reading.label),
        ("Demande reçue le", f"{release.requested_on:%d/%m/%Y}"),
        ("Réponse possible jusqu’au", f"{release.answer_by:%d/%m/%Y}"),
    ]
    text = (
        f"{employer} a reçu la demande de {person} et n’a pas répondu dans le délai du texte. "
        f"Son silence vaut accord ({reading.article})."
    )
    proof = release.request_note or "un document joint au dossier"
    return {
        "data": {
            "issuer": {"name": need.network.name, "accent": need.network.accent},
            "reference": f"Accord tacite {release.file_number}",
            "kicker": "Constat d’un accord tacite (modèle : exemple)",
            "lead": f"Pour la mission de {person}.",
            "facts": [list(fact) for fact in facts],
            "sections": [
                {"title": "Constat", "paragraphs": [text]},
                {"title": "Preuve de la date", "paragraphs": [proof]},
            ],
        },
        "facts": facts,
        "title": "Constat d’un accord tacite",
    }
