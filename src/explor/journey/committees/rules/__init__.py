"""Who may sit, judge and read, and what is missing from an opinion."""

from collections.abc import Iterable, Sequence
from typing import Any

from explor.ground.http.actor import Actor
from explor.journey.calls.models import Call
from explor.journey.needs.models import Need
from explor.journey.needs.states import State as NeedState

from ..models import Bylaws, CommitteeMember, Opinion


def can_manage(actor: Actor, call: Call) -> bool:
    """The network of the call composes its committee and sets its bylaws."""
    return actor.role == "reseau" and call.network_id == actor.scope


def can_chair(actor: Actor, call: int) -> bool:
    """Under the role of a committee, its chair alone leads it."""
    if actor.role != "comite" or actor.scope != call:
        return False
    return CommitteeMember.objects.filter(call=call, person=actor.person, chair=True).exists()


def can_declare(actor: Actor, member: CommitteeMember) -> bool:
    """A member declares their own interests, under the role of their committee."""
    own = actor.person == member.person_id and actor.scope == member.call_id
    return actor.role == "comite" and own


def can_read(member: CommitteeMember | None, need: Need) -> bool:
    """A member reads a need and the opinions on it unless they are recused from it."""
    return member is not None and all(
        recusal.member_id != member.pk for recusal in need.recusals.all()
    )


def can_judge(member: CommitteeMember, need: Need, conflicts: Sequence[Any]) -> bool:
    """A member judges a need unless they are recused from it, or have known `conflicts`."""
    return can_read(member, need) and not conflicts


def is_draft(opinion: Opinion | None) -> bool:
    """A draft may change; a final opinion is turned back into a draft first."""
    return opinion is None or opinion.final_at is None


def hides_names(bylaws: Bylaws, *, undecided: bool) -> bool:
    """In a blind reading, nobody reads who asks and who judges before the decision."""
    return bylaws.blind and undecided


def missing_to_give_opinion(need: Any) -> list[str]:
    """Say why opinions on a need before a committee no longer change; empty while they do."""
    if not need.undecided:
        return ["La décision est prise : les avis ne changent plus."]
    if need.state != NeedState.ADMISSIBLE:
        return ["L’association a retiré ce besoin."]
    return []


def missing_to_finish(opinion: Opinion, blank: Iterable[str]) -> list[str]:
    """Say what a final opinion lacks: declared interests, a verdict, a score.

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
    """Return how many opinions a need requires: those of the call, or of all who may judge it."""
    return min(quorum, max(judges, 1))


def missing_opinions(given: int, required: int) -> list[str]:
    """Say how many opinions are still awaited, if any."""
    if given >= required:
        return []
    return [f"Il manque des avis : {given} sur {required} (quorum de l’appel)."]
