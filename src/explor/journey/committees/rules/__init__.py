"""Permissions on a committee and its needs, what an opinion lacks, how many opinions are needed."""

from collections.abc import Collection, Iterable
from typing import Any

from explor.ground.http.actor import Actor
from explor.journey.calls.models import Call
from explor.journey.needs.models import Need
from explor.journey.needs.states import State as NeedState

from ..models import Bylaws, CommitteeMember, Opinion


def can_manage(actor: Actor, call: Call) -> bool:
    """Return whether `actor` acts for the network of the call, which manages its committee."""
    return actor.role == "reseau" and call.network_id == actor.scope


def can_chair(actor: Actor, call: int) -> bool:
    """Return whether `actor` chairs the committee of this call and acts in that role."""
    if actor.role != "comite" or actor.scope != call:
        return False
    return CommitteeMember.objects.filter(call=call, person=actor.person, chair=True).exists()


def can_declare(actor: Actor, member: CommitteeMember) -> bool:
    """Return whether `actor` is the person of `member`, acting in the role of their committee."""
    own = actor.person == member.person_id and actor.scope == member.call_id
    return actor.role == "comite" and own


def can_judge(need: Need, closed: Collection[int]) -> bool:
    """Return whether a member may read and judge a need: it is not among those `closed` to them."""
    return need.pk not in closed


def is_draft(opinion: Opinion | None) -> bool:
    """Return whether an opinion may change: it is new, or not final."""
    return opinion is None or opinion.final_at is None


def hides_names(bylaws: Bylaws, *, undecided: bool) -> bool:
    """Return whether names are hidden from readers: blind bylaws, and a need not decided yet."""
    return bylaws.blind and undecided


def missing_to_give_opinion(need: Any) -> list[str]:
    """Return why opinions on a need cannot change (decided or withdrawn), empty while they can.

    `need` has the annotation `undecided` of `selectors.needs_before_committee`.
    """
    if not need.undecided:
        return ["La décision est prise : les avis ne changent plus."]
    if need.state != NeedState.ADMISSIBLE:
        return ["L’association a retiré ce besoin."]
    return []


def missing_to_finish(opinion: Opinion, blank: Iterable[str]) -> list[str]:
    """Return why an opinion cannot be final, empty when it can.

    A final opinion requires a verdict, a declaration of interests by its member, all levels, and a
    score.

    Args:
        opinion: the opinion, with the score to save.
        blank: the labels of the criteria without a level.
    """
    missing = [] if opinion.verdict else ["Choisissez votre avis."]
    if opinion.member.declared_at is None:
        missing.append("Dites d’abord vos liens avec les dossiers : page « Mes liens ».")
    missing += [f"Donnez un niveau à « {label} »." for label in blank]
    if opinion.score is None and not missing:
        missing.append("Donnez une note.")
    return missing


def required_opinions(quorum: int, judges: int) -> int:
    """Return how many opinions a need requires: `quorum`, or the number of `judges` if smaller.

    `judges` is the number of members who may judge the need; at least one opinion is required.
    """
    return min(quorum, max(judges, 1))


def missing_opinions(given: int, required: int) -> list[str]:
    """Return a message that says how many opinions are missing; empty when none is."""
    if given >= required:
        return []
    return [f"Il manque des avis : {given} sur {required} (quorum de l’appel)."]
