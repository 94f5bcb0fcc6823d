"""Quorum and majority, from counts alone."""

from dataclasses import dataclass

from ..models import Bylaws


@dataclass(frozen=True, kw_only=True)
class Room:
    """Who may vote on a file: members `seated` and members `present`, those aside left out.

    `chaired` is true when the chair is among the present.
    """

    seated: int
    present: int
    chaired: bool


@dataclass(frozen=True, kw_only=True)
class Ballot:
    """How a proposal was voted; `casting` when the chair voted for it and asks that it count."""

    votes_for: int
    votes_against: int
    abstentions: int
    casting: bool = False

    @property
    def count(self) -> int:
        return self.votes_for + self.votes_against + self.abstentions


def asked_present(seated: int, share: int) -> int:
    """How many must be there for `share` % of those who sit; always someone."""
    return max(1, -(-seated * share // 100))


def against_quorum(room: Room, bylaws: Bylaws) -> list[str]:
    """What the room lacks to decide."""
    asked = asked_present(room.seated, bylaws.presence)
    if room.present >= asked:
        return []
    return [
        f"Le quorum n’est pas atteint : {room.present} sur {room.seated} "
        f"peuvent voter, il en faut {asked} ({bylaws.presence} %, exemple)."
    ]


def against_ballot(ballot: Ballot, room: Room, bylaws: Bylaws) -> list[str]:
    """Why the proposal does not pass, if it does not."""
    if ballot.count > room.present:
        return [f"{ballot.count} voix pour {room.present} personnes qui peuvent voter."]
    if ballot.casting and not room.chaired:
        return ["La présidence n’est pas là : sa voix ne peut pas départager."]
    if ballot.casting and not bylaws.casting:
        return ["Le règlement ne donne pas de voix prépondérante à la présidence."]
    if _passes(ballot, room, bylaws):
        return []
    told = f"{ballot.votes_for} pour, {ballot.votes_against} contre"
    majority = str(Bylaws.Majority(bylaws.majority).label).split(" :")[0]
    return [
        f"Cette proposition n’a pas la majorité {majority} ({told}) : "
        "corrigez les voix, ou proposez une autre décision."
    ]


def _passes(ballot: Ballot, room: Room, bylaws: Bylaws) -> bool:
    if ballot.votes_for == ballot.votes_against and ballot.votes_for and ballot.casting:
        return True
    if bylaws.majority == Bylaws.Majority.ABSOLUTE:
        return ballot.votes_for * 2 > room.present
    return ballot.votes_for > ballot.votes_against
