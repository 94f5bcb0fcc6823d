"""Quorum and majority of a vote, computed from counts alone."""

from dataclasses import dataclass

from explor.journey.committees.models import Bylaws


@dataclass(frozen=True, kw_only=True)
class VoterCounts:
    """How many members may vote on a need: `seated` in all, `present` at the meeting.

    Recused members do not count. `chaired` is true when the chair is among the members present.
    """

    seated: int
    present: int
    chaired: bool


@dataclass(frozen=True, kw_only=True)
class Ballot:
    """The votes on a decision proposed in a meeting.

    `casting` is true if the vote of the chair for the decision breaks a tie.
    """

    votes_for: int
    votes_against: int
    abstentions: int
    casting: bool = False

    @property
    def count(self) -> int:
        """Return the number of votes, abstentions included."""
        return self.votes_for + self.votes_against + self.abstentions


def required_presence(seated: int, share: int) -> int:
    """Return how many of `seated` members must attend for `share` percent; at least one."""
    return max(1, -(-seated * share // 100))


def quorum(*, seated: int, present: int, bylaws: Bylaws) -> dict[str, int | bool]:
    """Return `seated`, `present`, how many are `required`, and whether the quorum is `met`."""
    required = required_presence(seated, bylaws.presence)
    return {
        "present": present,
        "seated": seated,
        "required": required,
        "met": present >= required,
    }


def missing_quorum(voters: VoterCounts, bylaws: Bylaws) -> list[str]:
    """Return why the quorum for a vote is not met, empty when it is."""
    required = required_presence(voters.seated, bylaws.presence)
    if voters.present >= required:
        return []
    return [
        f"Le quorum n’est pas atteint : {voters.present} sur {voters.seated} "
        f"peuvent voter, il en faut {required} ({bylaws.presence} %, exemple)."
    ]


def missing_votes(ballot: Ballot, voters: VoterCounts, bylaws: Bylaws) -> list[str]:
    """Return why the votes do not carry the decision proposed, empty when they do.

    Reasons: more votes than voters, a casting vote without the chair or that the bylaws do not
    give, or no majority.
    """
    if ballot.count > voters.present:
        return [f"{ballot.count} voix pour {voters.present} personnes qui peuvent voter."]
    if ballot.casting and not voters.chaired:
        return ["La présidence n’est pas là : sa voix ne peut pas départager."]
    if ballot.casting and not bylaws.casting:
        return ["Le règlement ne donne pas de voix prépondérante à la présidence."]
    if _passes(ballot, voters, bylaws):
        return []
    votes = f"{ballot.votes_for} pour, {ballot.votes_against} contre"
    majority = str(Bylaws.Majority(bylaws.majority).label).split(" :")[0]
    return [
        f"Cette proposition n’a pas la majorité {majority} ({votes}) : "
        "corrigez les voix, ou proposez une autre décision."
    ]


def _passes(ballot: Ballot, voters: VoterCounts, bylaws: Bylaws) -> bool:
    if ballot.votes_for == ballot.votes_against and ballot.votes_for and ballot.casting:
        return True
    if bylaws.majority == Bylaws.Majority.ABSOLUTE:
        return ballot.votes_for * 2 > voters.present
    return ballot.votes_for > ballot.votes_against
