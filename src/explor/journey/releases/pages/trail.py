"""The release as a stage of its proposal: who must act, and until when."""

from typing import Any

from explor.ground.http.actor import Actor
from explor.journey.proposals.models import Proposal
from explor.journey.proposals.pages import Stage, trail_of

from .. import rules, selectors
from ..models import Release
from ..states import State
from . import TONES, ending_of, facts_of, url_of, waits_for_confirmation

SIGNERS = {
    "association": "l’association",
    "expert": "l’experte ou l’expert",
    "employeur": "l’employeur",
}


def stage_of(actor: Actor, proposal: Proposal) -> Stage | None:
    """Return the stage of the release of a proposal, None when the actor may see none."""
    release = _release_of(actor, proposal)
    if release is None:
        return None
    mine = _is_mine(actor, release)
    return Stage(
        label=release.title,
        url=url_of(actor, release),
        state=str(release.state_label),
        turn=_turn(actor, release, mine=mine),
        mine=mine,
        action="Voir l’accord et la convention",
    )


def _release_of(actor: Actor, proposal: Proposal) -> Release | None:
    """Return the release of a proposal, None when the actor may not see it.

    The release loaded with the proposal, if any, is used without a query.
    """
    if proposal.read_with is not None:
        return selectors.complete(proposal.read_with.release)
    rows = selectors.with_related(Release.objects.visible_to(actor))
    return rows.filter(proposal=proposal.pk).first()


def _is_mine(actor: Actor, release: Release) -> bool:
    """Return True when the actor must grant the release or sign its agreement."""
    if release.state == State.REQUESTED:
        return actor.role == ("employeur" if release.employer_id else "reseau")
    if waits_for_confirmation(release):
        return actor.role == "reseau"
    return release.agreement_id is not None and rules.can_sign(actor, release)


def _turn(actor: Actor, release: Release, *, mine: bool) -> str:
    """Return who must grant the release or sign its agreement, and until when, in French."""
    if release.state == State.REQUESTED:
        until = f"avant le {release.answer_by:%d/%m/%Y}"
        if mine:
            what = release.by_employment("de donner votre accord", "d’accorder le départ")
            return f"À vous {what}, {until}."
        who = "de l’employeur" if release.employer_id else "du réseau"
        return f"Réponse attendue {who}, {until}."
    if release.state != State.APPROVED:
        return ""
    if release.agreement_id is None:
        return "Un avenant se prépare, à signer par toutes les parties."
    if waits_for_confirmation(release):
        who = "À vous de confirmer" if mine else "Le réseau confirme"
        return f"{who} le cadre, avant les signatures."
    until = f"avant le départ du {release.proposal.start:%d/%m/%Y}"
    if mine:
        return f"À vous de signer la convention, {until}."
    who = " et ".join(f"de {_signer(actor, release, each)}" for each in rules.unsigned(release))
    return f"Signature attendue {who}, {until}." if who else ""


def _signer(actor: Actor, release: Release, party: str) -> str:
    """Return who a party awaits to sign: its next signatory if named, else the party, in French.

    Only the party itself sees the name.
    """
    signatory = rules.next_of(release, party)
    return (
        str(signatory) if signatory and signatory.name and party == actor.role else SIGNERS[party]
    )


def head_of(actor: Actor, release: Release, here: str) -> dict[str, Any]:
    """Return the context of the top of a release's page: stages, badge tone, facts, ending.

    Args:
        here: the URL of the page.
    """
    return {
        "trail": trail_of(actor, release.proposal, here),
        "tone": TONES[release.state],
        "facts": facts_of(actor, release),
        "ended": ending_of(release),
    }
