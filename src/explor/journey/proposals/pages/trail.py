"""The stages of a proposal: links between their pages, and who must act at each stage.

The stages are the proposal, the release, the mission and the report. An upper package registers its
stage with the hook `proposals:trail`. A page shows every stage that its reader may open.
"""

from dataclasses import dataclass
from typing import Any

from explor.ground.http.actor import Actor
from explor.ground.ui import hooks
from explor.ground.ui.elision import of

from .. import rules
from ..models import Party, Proposal
from ..states import State
from .rows import proposal_url

hooks.define(
    "proposals:trail", "callable(actor, proposal) -> Stage | None: a later page of the same file"
)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A stage of a proposal: the name of its page, its URL and its state in French.

    `turn` says who must act there and until when, "" when nobody must; `mine` is True when the
    reader must act, and then `action` is the label of the button.
    """

    label: str
    url: str
    state: str
    turn: str = ""
    mine: bool = False
    action: str = "Ouvrir"


def stages_of(actor: Actor, proposal: Proposal) -> list[Stage]:
    """Return the stages of a proposal that `actor` may open, the proposal itself first."""
    later = [stage(actor, proposal) for stage in hooks.get("proposals:trail")]
    return [_first(actor, proposal), *filter(None, later)]


def trail_of(actor: Actor, proposal: Proposal, here: str) -> dict[str, Any]:
    """Return the context of `proposals/_trail.html` on the page whose URL is `here`.

    Returns:
        `chips` (a link for each stage, in order; empty for a single stage), `here` (the URL of the
            page), and `now`: the first stage where somebody must act, None when nobody must.
    """
    stages = stages_of(actor, proposal)
    chips = [
        {
            "label": f"{stage.label} : {stage.state}",
            "url": stage.url,
            "current": stage.url == here,
        }
        for stage in stages
    ]
    return {"chips": chips if len(chips) > 1 else [], "here": here, "now": _waiting(stages)}


def next_url(actor: Actor, proposal: Proposal) -> str:
    """Return the URL of the first stage where somebody must act, else of the last stage."""
    stages = stages_of(actor, proposal)
    return (_waiting(stages) or stages[-1]).url


def _waiting(stages: list[Stage]) -> Stage | None:
    return next((stage for stage in stages if stage.turn), None)


def _first(actor: Actor, proposal: Proposal) -> Stage:
    """Return the stage of the proposal itself, where the parties must answer."""
    mine = proposal.state == State.PROPOSED and actor.role in rules.silent(proposal)
    return Stage(
        label="Proposition",
        url=proposal_url(actor, proposal),
        state=proposal.state_label,
        turn=_turn_to_answer(proposal, mine=mine),
        mine=mine,
        action="Voir la proposition",
    )


def _turn_to_answer(proposal: Proposal, *, mine: bool) -> str:
    if proposal.state != State.PROPOSED:
        return ""
    until = proposal.deadline
    if mine:
        return f"À vous de répondre, avant le {until}."
    who = ", ".join(Party(party).label for party in rules.silent(proposal))
    return f"Réponse attendue {of(who)}, avant le {until}." if who else ""
