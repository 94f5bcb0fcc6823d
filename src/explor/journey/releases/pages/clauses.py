"""The text of a release's papers, composed from the clauses of its leave scheme."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from explor.ground.reference.selectors import label
from explor.journey.leave_readings.engine import (
    FIELD,
    LeaveClause,
    LeavePaper,
    fields_of,
    leave_papers,
    leave_wording,
)

from .. import selectors
from ..fields import KNOWN, SIGNERS, TO_FILL
from ..models import Release

BLANK = "à\u00a0compléter\u00a0: ........................"
EXAMPLE = "Exemple, à adopter par votre réseau"


@dataclass(frozen=True, kw_only=True)
class WrittenClause:
    """A clause whose fields hold their value or a blank to fill, and the citation of its articles.

    `adopted`: the text was adopted by the network, and is not the example of Explor.
    """

    key: str
    title: str
    text: str
    source: str
    adopted: bool

    @property
    def paragraphs(self) -> list[str]:
        """Return the text, then the citation of the articles when there is one."""
        return [each for each in (self.text, self.source) if each]


@dataclass(frozen=True, kw_only=True)
class WrittenPaper:
    """A paper composed for a release; `left` describes in French each field left to fill."""

    paper: LeavePaper
    clauses: tuple[WrittenClause, ...]
    left: tuple[str, ...]
    signatures: tuple[dict[str, str], ...]

    @property
    def sections(self) -> list[dict[str, Any]]:
        """Return the clauses as numbered sections for the template `document.typ`.

        When the network adopted only some clauses, the titles of the others say « exemple ».
        """
        partly = any(each.adopted for each in self.clauses)
        return [
            {
                "title": f"{rank}. {each.title}"
                + (" (exemple)" if partly and not each.adopted else ""),
                "paragraphs": each.paragraphs,
            }
            for rank, each in enumerate(self.clauses, 1)
        ]

    def status(self, network: str) -> str:
        """Return the French sentence on the text: an example, or adopted by the named network."""
        adopted = [each.adopted for each in self.clauses]
        if all(adopted):
            return f"Texte adopté par {network}"
        if any(adopted):
            return f"Texte adopté en partie par {network} ; le reste est un exemple, à adopter"
        return EXAMPLE


def agreement_of(release: Release, scheme: str) -> LeavePaper:
    """Return the agreement paper that a leave scheme requires for the employer of a release."""
    return next(each for each in leave_papers(scheme, release.employer) if each.is_agreement)


def write(
    release: Release, scheme: str, paper: LeavePaper, lines: Mapping[str, str] | None = None
) -> WrittenPaper:
    """Compose a paper of a leave scheme with the data of a release.

    A clause text adopted by the network of the release replaces the example.

    Args:
        lines: what the parties wrote on the lines to fill, those of the agreement by default.
    """
    adopted = selectors.adopted_texts(release.proposal.need.network_id, paper)
    typed = selectors.lines_of(release) if lines is None else lines
    known = {name: value for name, value in values_of(release, scheme).items() if value}
    return compose(paper, adopted, {**typed, **known}, signatures=_signatures(release, paper))


def compose(
    paper: LeavePaper,
    adopted: Mapping[str, str],
    values: Mapping[str, str],
    *,
    signatures: Iterable[dict[str, str]] = (),
) -> WrittenPaper:
    """Compose a paper from its clauses.

    Args:
        adopted: the texts that the network adopted, by key of their clause; blank to leave it out.
        values: the values of the fields, by name; a field without value is left to fill.
    """
    texts = {each.key: adopted.get(each.key, each.text) for each in paper.clauses}
    kept = [each for each in paper.clauses if texts[each.key]]
    blank = [name for each in kept for name in fields_of(texts[each.key]) if not values.get(name)]
    return WrittenPaper(
        paper=paper,
        clauses=tuple(
            WrittenClause(
                key=each.key,
                title=each.title,
                text=filled(texts[each.key], values),
                source=source_of(each),
                adopted=each.key in adopted,
            )
            for each in kept
        ),
        left=tuple(meaning_of(name) for name in dict.fromkeys(blank)),
        signatures=tuple(signatures),
    )


def meaning_of(name: str) -> str:
    """Return the French description of a field."""
    return KNOWN.get(name) or TO_FILL[name]


def values_of(release: Release, scheme: str) -> dict[str, str]:
    """Return the value of each known field for a release, "" when the data lack it."""
    proposal, employer = release.proposal, release.employer
    need, expert = proposal.need, proposal.expert
    association, wording = need.association, leave_wording(scheme, employer)
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
        "payeur": wording.payer,
        "assureur": wording.insurer,
        "sécurité": wording.safety,
        "protection sociale": wording.posting_paper,
        "retour": wording.return_right,
    }


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text in which each field is replaced by its value, or by a blank line to fill."""
    return FIELD.sub(lambda field: values.get(field[1], "") or f"({BLANK})", text)


def source_of(clause: LeaveClause) -> str:
    """Return the sentence that cites the articles of a clause, "" when no law requires it."""
    texts = [str(each) for each in clause.articles if each.id != "PRATIQUE"]
    if not texts:
        return ""
    start = "Contenu obligatoire" if clause.compulsory else "Texte"
    return f"{start} : {' ; '.join(texts)}."


def _signatures(release: Release, paper: LeavePaper) -> list[dict[str, str]]:
    """Return the signature boxes of a paper, one dict per party.

    Each box has the party, its name ("" when Explor does not know it) and, for a party that signs
    only part of the paper, the part that its signature covers.
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
