"""The mission as a stage of its proposal: who must act, and until when."""

from explor.ground.http.actor import Actor
from explor.journey.proposals.models import Proposal
from explor.journey.proposals.pages import Stage

from ..models import Mission
from ..states import State
from .missions import url_of


def stage_of(actor: Actor, proposal: Proposal) -> Stage | None:
    """Return the stage of the mission of a proposal, None when the actor may see none."""
    mission = _mission_of(actor, proposal)
    if mission is None:
        return None
    return Stage(
        label="Mission",
        url=url_of(actor, mission),
        state=str(mission.get_state_display()),
        turn=_turn(actor, mission),
        mine=_is_mine(actor, mission),
        action="Voir la mission",
    )


def _mission_of(actor: Actor, proposal: Proposal) -> Mission | None:
    """Return the mission of a proposal, None when the actor may not see it.

    The mission loaded with the proposal, if any, is used without a query.
    """
    if proposal.read_with is not None:
        return proposal.read_with  # type: ignore[no-any-return]
    missions = Mission.objects.visible_to(actor).filter(release__proposal=proposal.pk)
    return missions.first()


def _is_mine(actor: Actor, mission: Mission) -> bool:
    """Return True when the actor must record the departure or the return."""
    return mission.state in (State.CLEARED, State.AWAY) and actor.role in ("expert", "reseau")


def _turn(actor: Actor, mission: Mission) -> str:
    """Return in French the next event of a mission, who records it and until when; "" once over."""
    mine = _is_mine(actor, mission)
    who = "À vous de confirmer" if mine else "La personne ou le réseau confirme"
    return {
        State.PREPARING: "Chacun termine ses préparatifs, puis le réseau donne le feu vert, "
        f"avant le départ du {mission.start:%d/%m/%Y}.",
        State.CLEARED: f"{who} le départ, prévu le {mission.start:%d/%m/%Y}.",
        State.AWAY: f"{who} le retour, prévu le {mission.end:%d/%m/%Y}.",
    }.get(State(mission.state), "")
