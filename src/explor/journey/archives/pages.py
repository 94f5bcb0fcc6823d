"""URLs, tasks, rows, files and texts for the pages of disposal lists."""

from typing import Any

from django.urls import reverse

from explor.actors.networks.models import Network
from explor.ground.http.actor import Actor
from explor.ground.privacy.pages import term_in_words
from explor.ground.privacy.selectors import treatments
from explor.ground.ui import docx
from explor.ground.ui.amounts import counted, file_size
from explor.ground.ui.days import date_format
from explor.ground.ui.parts import Task
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo
from explor.journey.missions.models import Mission

from . import rules, selectors
from .models import Disposal, DisposalLine
from .states import ENDORSED, OPEN, PREPARED, State

COLUMNS = [
    "Nature",
    "Missions finies en",
    "Pièces",
    "Dates extrêmes",
    "Volume",
    "Fondement",
    "Sort",
]
LAW = "Code du patrimoine, art. L212-2 : l’élimination d’archives publiques demande un visa."
TONES: dict[str, str] = {
    State.PREPARED: "info",
    State.ENDORSED: "warn",
    State.ELIMINATED: "good",
    State.REFUSED: "warn",
    State.STOPPED: "neutral",
}
DIRECTORS = "Qui dirige le réseau"


def list_url(actor: Actor, network: Network) -> str:
    """Return the URL of the disposal lists of the network of `actor`; `network` is unused."""
    return reverse("archives:reseau_disposals", args=[actor.key])


def url_of(actor: Actor, disposal: Disposal) -> str:
    """Return the URL of the page of a disposal list."""
    return reverse("archives:reseau_disposal", args=[actor.key, disposal.pk])


def links_of(actor: Actor, network: Network) -> list[tuple[str, str]]:
    """Return the link to the disposal lists for the directors of a public body, else []."""
    if not network.public_body or not rules.can_direct(actor, network.pk):
        return []
    return [("Archives", list_url(actor, network))]


def tasks_of(actor: Actor) -> list[Task]:
    """Return a task for each list that awaits the archives' approval; [] except for directors."""
    waiting = selectors.disposals_of(actor).filter(state=PREPARED)
    return [
        Task(
            title="Faire viser un bordereau d’élimination",
            url=url_of(actor, each),
            why="Des papiers ont passé leur terme : ils attendent le visa des archives.",
        )
        for each in waiting
        if rules.can_direct(actor, each.network_id)
    ]


def reason_to_keep(mission: Mission) -> str:
    """Return why a mission's papers may not be erased (list in progress, or kept), "" otherwise."""
    kept, state = selectors.holding(mission)
    if state in OPEN:
        return "un bordereau est en cours"
    return "les archives les gardent : à verser" if kept else ""


def ground_of(kind: str) -> str:
    """Return the retention term of accounts, then the legal texts on a kind of papers.

    The texts come from the register of processing.
    """
    source = next(each.source for each in treatments() if each.key == kind)
    return f"{term_in_words('accounts')}. {source}."


def facts_of(disposal: Disposal) -> list[tuple[str, Any]]:
    """Return the facts of a disposal list as (label, value) pairs."""
    facts: list[tuple[str, Any]] = [
        ("Service", disposal.network.name),
        ("Préparé le", date_format(disposal.created_at, "j F Y")),
    ]
    if disposal.endorsed_on:
        facts.append(("Visa", f"{disposal.reference}, {disposal.endorsed_on:%d/%m/%Y}"))
    return facts


def rows_of(disposal: Disposal) -> list[list[Any]]:
    """Return a row for each line of a disposal list: a cell for each of `COLUMNS`, and a last one.

    The last cell holds the file numbers of the missions.
    """
    lines = disposal.lines.prefetch_related("items__mission")
    return [
        [
            line.get_kind_display(),
            line.year,
            line.papers,
            f"du {line.first_on:%d/%m/%Y} au {line.last_on:%d/%m/%Y}",
            file_size(line.size) if line.size else "sans fichier",
            line.ground,
            _outcome(disposal, line),
            " ".join(item.mission.file_number for item in line.items.all()),
        ]
        for line in lines
    ]


def _outcome(disposal: Disposal, line: DisposalLine) -> str:
    if line.kept:
        return "à verser aux archives"
    items = list(line.items.all())
    erased = sum(item.erased_at is not None for item in items)
    if erased:
        return "éliminé" if erased == len(items) else f"éliminé : {erased} sur {len(items)}"
    return {ENDORSED: "à éliminer", State.STOPPED: "gardé"}.get(disposal.state, "visa demandé")  # type: ignore[call-overload,no-any-return]


def document_of(disposal: Disposal) -> bytes:
    """Return a disposal list as a Word document, with a blank for the approval at the end."""
    parts: list[tuple[str, docx.Facts]] = [
        (f"{number}. {row[0]}", [*zip(COLUMNS[1:], row[1:-1], strict=True), ("Missions", row[-1])])
        for number, row in enumerate(rows_of(disposal), 1)
    ]
    visa = [(label, "") for label in ("Référence", "Date", "Nom et signature", "Lignes à garder")]
    return docx.document(
        title=f"Bordereau d’élimination {disposal.file_number}",
        lead=f"{disposal.network.name}. {LAW} Ce bordereau ne nomme personne.",
        parts=[("Ce qui est proposé", facts_of(disposal)), *parts, ("Visa des archives", visa)],
    )


# Texts of the confirmation page of each verb.


def effects_of_prepare(actor: Actor, network: Network) -> Effects:
    return Effects(
        happens=(
            Consequence("Le bordereau liste les papiers qui ont passé leur terme aujourd’hui."),
            Consequence("Rien ne s’efface avant le visa des archives."),
        ),
        notified=(Notified(DIRECTORS, "qu’un bordereau est à faire viser"),),
        undo=(Undo("Avant l’élimination", "Un bordereau s’arrête."),),
    )


def effects_of_endorse(actor: Actor, disposal: Disposal) -> Effects:
    papers = sum(line.papers for line in disposal.lines.all())
    return Effects(
        happens=(
            Consequence(
                f"Les papiers du bordereau s’effacent pour toujours : "
                f"{counted(papers, 'pièce')}, sauf les lignes que les archives gardent.",
                "La nuit prochaine",
            ),
            Consequence("Ce qui a passé son terme depuis attend le prochain bordereau."),
        ),
        notified=(Notified(DIRECTORS, "que le visa est enregistré"),),
        undo=(Undo("Avant la nuit", "Le bordereau s’arrête, et rien ne s’efface."),),
    )


def effects_of_refuse(actor: Actor, disposal: Disposal) -> Effects:
    return Effects(
        happens=(
            Consequence("Tous les papiers restent, à verser aux archives."),
            Consequence("Les prochains bordereaux ne les proposent plus."),
        ),
        notified=(Notified(DIRECTORS, "que le visa est refusé, et le motif"),),
        undo=(Undo("Ensuite", "Un refus ne se reprend pas."),),
    )


def effects_of_stop(actor: Actor, disposal: Disposal) -> Effects:
    return Effects(
        happens=(
            Consequence("Plus rien de ce bordereau ne s’efface."),
            Consequence("Ses papiers peuvent être proposés par un prochain bordereau."),
        ),
        notified=(Notified(DIRECTORS, "que le bordereau est arrêté, et le motif"),),
        undo=(Undo("À tout moment", "Un nouveau bordereau se prépare."),),
    )
