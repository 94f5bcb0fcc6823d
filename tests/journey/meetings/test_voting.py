"""Rules on quorum, majority and casting vote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explor.journey.committees.models import Bylaws
from explor.journey.meetings.rules.voting import (
    Ballot,
    VoterCounts,
    missing_quorum,
    missing_votes,
    required_presence,
)


@pytest.mark.parametrize(
    ("seated", "share", "required"),
    [(12, 50, 6), (11, 50, 6), (3, 34, 2), (3, 33, 1), (5, 100, 5), (5, 0, 1), (0, 50, 1)],
)
def test_the_number_of_members_required_for_a_quorum_is_rounded_up_and_at_least_one(
    seated: int, share: int, required: int
) -> None:
    assert required_presence(seated, share) == required


@pytest.mark.parametrize(("present", "met"), [(5, False), (6, True), (12, True)])
def test_the_function_missing_quorum_returns_how_many_members_are_required(
    present: int, met: bool
) -> None:
    against = missing_quorum(
        VoterCounts(seated=12, present=present, chaired=True), Bylaws(presence=50)
    )
    assert against == [] if met else "5 sur 12" in against[0] and "il en faut 6" in against[0]


# (for, against, abstentions, casting), chair present, majority, casting allowed, message.
VOTES = [
    ((3, 2, 0, False), True, "simple", True, ""),
    ((2, 2, 1, False), True, "simple", True, "majorité simple (2 pour, 2 contre)"),
    ((2, 2, 1, True), True, "simple", True, ""),
    ((2, 2, 1, True), False, "simple", True, "La présidence n’est pas là"),
    ((2, 2, 1, True), True, "simple", False, "ne donne pas de voix prépondérante"),
    ((0, 0, 5, True), True, "simple", True, "majorité simple (0 pour, 0 contre)"),
    ((1, 3, 0, True), True, "simple", True, "majorité simple (1 pour, 3 contre)"),
    ((1, 0, 4, False), True, "simple", True, ""),
    ((2, 1, 2, False), True, "absolute", True, "majorité absolue (2 pour, 1 contre)"),
    ((3, 0, 2, False), True, "absolute", True, ""),
    ((2, 2, 1, True), True, "absolute", True, ""),
    ((4, 2, 0, False), True, "simple", True, "6 voix pour 5 personnes"),
]


@pytest.mark.parametrize(("votes", "chaired", "majority", "casting", "said"), VOTES)
def test_the_function_missing_votes_returns_why_a_vote_does_not_pass(
    votes: tuple[int, int, int, bool], chaired: bool, majority: str, casting: bool, said: str
) -> None:
    yes, no, neither, cast = votes
    ballot = Ballot(votes_for=yes, votes_against=no, abstentions=neither, casting=cast)
    voters = VoterCounts(seated=5, present=5, chaired=chaired)
    against = missing_votes(ballot, voters, Bylaws(majority=majority, casting=casting))
    assert (said in against[0]) if said else against == []


counts = st.integers(0, 9)


@given(yes=counts, no=counts, neither=counts, cast=st.booleans(), chaired=st.booleans())
def test_a_vote_that_passes_by_absolute_majority_passes_by_simple_majority(
    yes: int, no: int, neither: int, cast: bool, chaired: bool
) -> None:
    ballot = Ballot(votes_for=yes, votes_against=no, abstentions=neither, casting=cast)
    voters = VoterCounts(seated=20, present=10, chaired=chaired)
    if not missing_votes(ballot, voters, Bylaws(majority="absolute")):
        assert not missing_votes(ballot, voters, Bylaws(majority="simple"))
    if not missing_votes(ballot, voters, Bylaws(majority="simple")):
        assert yes > no or (yes == no > 0 and cast and chaired)
        assert ballot.count <= 10
