"""The papers of a release composed from the clauses of its leave scheme."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from explor.ground.reference.selectors import label
from explor.journey.leave_readings.engine import (
    FIELD,
    LeaveClause,
    LeavePaper,
    leave_papers,
    leave_wording,
)

from ..fields import KNOWN, SIGNERS, TO_FILL
from ..models import Release

BLANK = "à\u00a0compléter\u00a0: ........................"
EXAMPLE = "Exemple, à adopter par votre réseau"


@dataclass(frozen=True, kw_only=True)
class WrittenClause:
    """A clause with its fields written or left to fill, and the sentence on its articles."""

    key: str
    title: str
    text: str
    source: str

    @property
    def paragraphs(self) -> list[str]:
        """Return the text, then the sentence on the articles when there is one."""
        return [each for each in (self.text, self.source) if each]


@dataclass(frozen=True, kw_only=True)
class WrittenPaper:
    """A paper composed for a release. `left` says in words each field that is left to fill."""

    paper: LeavePaper
    clauses: tuple[WrittenClause, ...]
    left: tuple[str, ...]
    signatures: tuple[dict[str, str], ...]

    @property
    def sections(self) -> list[dict[str, Any]]:
        """Return the clauses as numbered sections of `document.typ`."""
        return [
            {"title": f"{rank}. {each.title}", "paragraphs": each.paragraphs}
            for rank, each in enumerate(self.clauses, 1)
        ]


def agreement_of(release: Release, scheme: str) -> LeavePaper:
    """Return the agreement that a leave scheme requires, for the employer of a release."""
    return next(each for each in leave_papers(scheme, release.employer) if each.is_agreement)


def write(release: Release, scheme: str, paper: LeavePaper) -> WrittenPaper:
    """Compose a paper of a leave scheme with what Explor knows of a release."""
    values = values_of(release, scheme)
    blank = [name for each in paper.clauses for name in each.fields if not values.get(name)]
    return WrittenPaper(
        paper=paper,
        clauses=tuple(_written(each, values) for each in paper.clauses),
        left=tuple(_meaning(name) for name in dict.fromkeys(blank)),
        signatures=tuple(_signatures(release, paper)),
    )


def values_of(release: Release, scheme: str) -> dict[str, str]:
    """Return the value of each known field for a release, "" when the record lacks it."""
    proposal, employer = release.proposal, release.employer
    need, expert = proposal.need, proposal.expert
    association, said = need.association, leave_wording(scheme, employer)
    signed = association.cer_signed_on
    days = (proposal.end - proposal.start).days + 1
    return {
        "personne": expert.person.name,
        "métier": expert.job,
        "employeur": employer.name if employer else "",
        "représentant de l’employeur": employer.representative if employer else "",
        "association": association.name,
        "représentant de l’association": association.representative,
        "contrat d’engagement républicain": f"{signed:%d/%m/%Y}" if signed else "",
        "mission": need.title,
        "objectifs": need.objectives.strip(),
        "résultats": need.expected_results.strip(),
        "lieu": need.place,
        "pays": label("countries", need.country) if need.country else "",
        "début": f"{proposal.start:%d/%m/%Y}",
        "fin": f"{proposal.end:%d/%m/%Y}",
        "durée": "un jour" if days == 1 else f"{days} jours",
        "cadre": label("leave_schemes", scheme),
        "payeur": said.payer,
        "assureur": said.insurer,
        "sécurité": said.safety,
        "protection sociale": said.posting_paper,
        "retour": said.return_right,
    }


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text whose fields are replaced by their values, or by a line to fill."""
    return FIELD.sub(lambda field: values.get(field[1], "") or f"({BLANK})", text)


def source_of(clause: LeaveClause) -> str:
    """Return the sentence that cites the articles of a clause, "" for a mere practice."""
    texts = [str(each) for each in clause.articles if each.id != "PRATIQUE"]
    if not texts:
        return ""
    start = "Contenu obligatoire" if clause.compulsory else "Texte"
    return f"{start} : {' ; '.join(texts)}."


def _written(clause: LeaveClause, values: Mapping[str, str]) -> WrittenClause:
    return WrittenClause(
        key=clause.key,
        title=clause.title,
        text=filled(clause.text, values),
        source=source_of(clause),
    )


def _meaning(name: str) -> str:
    return KNOWN.get(name) or TO_FILL[name]


def _signatures(release: Release, paper: LeavePaper) -> list[dict[str, str]]:
    """Return who signs a paper: the party, its name ("" when Explor does not know it), and what
    the signature is for when the party only consents.
    """
    proposal = release.proposal
    names = {
        "association": proposal.need.association.name,
        "expert": proposal.expert.person.name,
        "employeur": release.employer.name if release.employer else "",
    }
    return [
        {
            "party": SIGNERS[each],
            "name": names.get(each, ""),
            "role": paper.consent if each in paper.consenting else "",
        }
        for each in (*paper.signers, *paper.consenting)
    ]
