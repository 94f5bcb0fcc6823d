"""URLs, rows, preview and texts of the pages on which a network adopts clauses of its papers."""

from typing import Any

from django.urls import reverse
from django.utils.text import slugify

from explor.actors.networks.models import Network
from explor.ground.http.actor import Actor
from explor.ground.reference.selectors import label
from explor.ground.ui import pdf
from explor.ground.workflow.pages import Consequence, Effects, Undo
from explor.journey.leave_readings.engine import (
    LeaveClause,
    LeavePaper,
    all_papers,
    leave_wording,
)

from .. import rules, selectors
from ..fields import KNOWN, SIGNERS
from ..models import ClauseText
from ..selectors import NetworkPaper
from .clauses import compose, source_of

LATER = Consequence("Les papiers établis à partir de maintenant suivent ce texte.")
BEFORE = Consequence("Les conventions déjà établies ne changent pas.")
AGAIN = Undo("À tout moment", "Vous pouvez changer le texte, ou reprendre l’exemple.")


def slug_of_paper(paper: LeavePaper) -> str:
    """Return the name of a paper in the URLs of a network, from its first scheme and its title."""
    return slugify(f"{paper.schemes[0]} {paper.title}")


def slug_of_clause(clause: LeaveClause) -> str:
    """Return the name of a clause in the URLs of a network, from its title."""
    return slugify(clause.title)


def url_of_paper(actor: Actor, paper: LeavePaper, page: str = "network_paper") -> str:
    """Return the URL of a paper in the pages of the network of `actor`.

    `page` is the name of a page of a paper, without `releases:reseau_`.
    """
    return reverse(f"releases:reseau_{page}", args=[actor.key, slug_of_paper(paper)])


def paper_rows(actor: Actor, network: Network) -> list[dict[str, Any]]:
    """Return a row for each paper: title, schemes, URL, number of clauses adopted by `network`."""
    adopted = selectors.adopted_counts(network)
    return [
        {
            "title": paper.title,
            "schemes": schemes_of(paper),
            "url": url_of_paper(actor, paper),
            "adopted": f"{adopted.get(paper.key, 0)} sur {len(paper.clauses)}",
        }
        for paper in all_papers()
    ]


def schemes_of(paper: LeavePaper) -> str:
    """Return the names of the leave schemes that use a paper, separated by semicolons."""
    return " ; ".join(label("leave_schemes", code) for code in paper.schemes)


def signers_of(paper: LeavePaper) -> str:
    """Return the names of the parties that sign a paper, in French."""
    return ", ".join(SIGNERS[each] for each in (*paper.signers, *paper.consenting))


def clause_rows(paper: NetworkPaper) -> list[dict[str, Any]]:
    """Return a dict for each clause: `row`, `title`, `text`, `source`, `compulsory`, `refusals`.

    `row` says who adopted it and when, `source` its articles; `text` is the adopted one, else the
    example. `refusals` says why an adopted text is no longer valid: papers then use the example,
    although `text` is still the adopted one.
    """
    return [
        {
            "row": row,
            "title": clause.title,
            "text": row.text if row.adopted_at else clause.text,
            "source": source_of(clause),
            "compulsory": clause.compulsory,
            "refusals": rules.missing_in_clause(row) if row.adopted_at else [],
        }
        for clause, row in zip(paper.paper.clauses, paper.texts, strict=True)
    ]


def preview(paper: NetworkPaper) -> bytes:
    """Return a paper as a PDF in which each known field shows the description of its value."""
    network, drawn_paper = paper.network, paper.paper
    wording = leave_wording(drawn_paper.schemes[0], None)
    values = {name: f"« {meaning} »" for name, meaning in KNOWN.items()}
    values |= {"payeur": wording.payer, "assureur": wording.insurer, "sécurité": wording.safety}
    values |= {"protection sociale": wording.posting_paper, "retour": wording.return_right}
    drawn = compose(drawn_paper, selectors.adopted_texts(network.pk, drawn_paper), values)
    data = {
        "issuer": {"name": network.name, "accent": network.accent},
        "kicker": f"Aperçu. {drawn.status(network.name)}",
        "lead": drawn_paper.purpose,
        "sections": drawn.sections,
    }
    return pdf.render("document.typ", data, title=drawn_paper.title)


def title_of(actor: Actor, text: ClauseText) -> str:
    """Return the heading of the page of a clause."""
    return f"Clause : {rules.clause_of(text).title}"


def effects_of_adopt_clause(actor: Actor, text: ClauseText) -> Effects:
    return Effects(
        happens=(
            Consequence("Votre réseau répond de ce texte : il n’est plus marqué « exemple »."),
            LATER,
            BEFORE,
        ),
        undo=(AGAIN,),
    )


def effects_of_restore_clause(actor: Actor, text: ClauseText) -> Effects:
    return Effects(
        happens=(
            Consequence("Le texte d’Explor revient, marqué « exemple »."),
            LATER,
            BEFORE,
        ),
        undo=(AGAIN,),
    )


def effects_of_adopt_paper(actor: Actor, paper: NetworkPaper) -> Effects:
    count = len(paper.examples)
    clauses = "La clause" if count == 1 else f"Les {count} clauses"
    end = "est adoptée telle quelle" if count == 1 else "sont adoptées telles quelles"
    return Effects(
        happens=(
            Consequence(f"{clauses} encore en exemple {end} : votre réseau en répond."),
            LATER,
            BEFORE,
        ),
        undo=(AGAIN,),
    )
