"""Refused actions on proposals and reserves leave the rows unchanged."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from explor.actors.experts.models import Expert
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.decisions.models import Decision
from explor.journey.needs.models import Need
from explor.journey.proposals import actions
from explor.journey.proposals.models import Answer, Proposal, ReserveEntry
from factories import (
    DecisionFactory,
    EmployerFactory,
    ExpertFactory,
    NeedFactory,
    ProposalFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db
NOT_SELECTED = "Ce besoin n’est pas retenu : l’annonce d’une décision favorable vient avant."


@pytest.fixture
def need() -> Need:
    return DecisionFactory(need=NeedFactory(state="admissible")).need


@pytest.fixture
def expert(need: Need) -> Expert:
    return ExpertFactory(network=need.network, employer=EmployerFactory(network=need.network))


def actors_of(proposal: Proposal) -> dict[str, Actor]:
    """Return an actor for each party of the proposal, and an officer of its network."""
    return {
        "expert": expert_actor(proposal.expert),
        "association": association_actor(proposal.need.association),
        "employeur": employer_actor(proposal.employer),
        "reseau": officer_actor(proposal.need.network),
    }


@pytest.mark.parametrize("override", ["", "  "])
def test_proposing_an_expert_without_availability_requires_a_justification(
    override: str, need: Need, expert: Expert
) -> None:
    expert.availabilities.all().delete()
    start = need.window_start
    assert start
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.introduce(
            need=need,
            expert=expert,
            start=start,
            end=start + timedelta(days=9),
            by=officer_actor(need.network),
            override=override,
        )
    assert refusal.value.reasons == (
        "Aucune disponibilité n'est déclarée.",
        "Dites pourquoi vous passez outre.",
    )
    need.refresh_from_db()
    assert (Proposal.objects.count(), need.free_seats) == (0, 1)


@pytest.mark.parametrize(
    ("days", "announced", "reasons"),
    [
        (-1, True, ("Cette date est passée.",)),
        (-1, False, ("Cette date est passée.",)),
        (30, False, (NOT_SELECTED,)),
    ],
)
def test_keeping_in_reserve_until_a_past_day_or_before_the_decision_is_announced_is_refused(
    days: int, announced: bool, reasons: tuple[str, ...], need: Need, expert: Expert
) -> None:
    if not announced:
        Decision.objects.filter(need=need).update(state="decided")
    until = timezone.localdate() + timedelta(days=days)
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.keep_in_reserve(
            need=need, expert=expert, rank=1, until=until, by=officer_actor(need.network)
        )
    assert refusal.value.reasons == reasons
    assert ReserveEntry.objects.count() == 0


@pytest.mark.parametrize(
    ("party", "role"),
    [
        ("expert", "association"),
        ("association", "employeur"),
        ("employeur", "expert"),
        ("expert", "reseau"),  # without the name of the person who answered
    ],
)
def test_answering_a_proposal_in_the_name_of_another_party_is_forbidden(
    party: str, role: str
) -> None:
    proposal = ProposalFactory()
    by = actors_of(proposal)[role]
    with pytest.raises(PermissionDenied) as accepting:
        actions.accept(proposal, party=party, by=by)
    with pytest.raises(PermissionDenied) as declining:
        actions.decline(proposal, party=party, by=by, reason="Un imprévu.")
    messages = [str(accepting.value), str(declining.value)]
    assert messages == [f"{role} does not speak for {party}"] * 2
    kept = Proposal.objects.get(pk=proposal.pk)
    assert (kept.state, kept.version, Answer.objects.count()) == ("proposed", 0, 0)


def test_freed_days_of_a_proposal_cannot_be_held_again_once_another_proposal_took_them() -> None:
    first = ProposalFactory(agreed=True)
    by = officer_actor(first.need.network)
    with pytest.raises(ActionNotAllowed, match="déjà engagée à ces dates"):
        agree_on_same_days(first)
    actions.free_days(first, by=by, since=first.start)
    agree_on_same_days(first)
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.hold_days(first, by=by)
    assert refusal.value.reasons == ("Cette personne est déjà engagée à ces dates.",)
    first.refresh_from_db()
    assert (first.state, first.free_from) == ("agreed", first.start)


def agree_on_same_days(first: Proposal) -> None:
    """Agree, for another need, on the same person and days."""
    again = ProposalFactory(expert=first.expert, start=first.start, end=first.end)
    for party in ("expert", "association", "employeur"):
        Answer.objects.create(proposal=again, party=party, yes=True, by="Camille")
    actions.agree(again, by=actors_of(again)["expert"])


@pytest.mark.parametrize(
    ("free_from", "first", "last", "taken"),
    [
        *((None, 0, 0, True), (None, 9, 20, True), (None, 10, 20, False), (None, -5, -1, False)),
        *((4, 0, 3, True), (4, 3, 9, True), (4, 4, 9, False), (4, -5, 0, True)),
        *((0, 0, 9, False), (0, -5, 20, False), (-3, -5, 20, False), (15, 9, 12, True)),
    ],
)
def test_a_proposal_takes_the_days_of_its_expert_until_free_from(
    free_from: int | None, first: int, last: int, taken: bool
) -> None:
    proposal = ProposalFactory(agreed=True)

    def at(days: int) -> date:
        return proposal.start + timedelta(days=days)  # type: ignore[no-any-return]

    Proposal.objects.update(free_from=None if free_from is None else at(free_from))
    assert Proposal.objects.overlapping(at(first), at(last)).exists() is taken
