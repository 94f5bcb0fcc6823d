"""Permissions on releases, and the conditions to approve, sign and conclude."""

import pytest

from explor.ground.http.actor import SYSTEM, Actor
from explor.journey.releases import rules
from explor.journey.releases.models import Release, Signature
from explor.journey.releases.states import RELEASE, State
from factories import (
    AssociationFactory,
    EmployerFactory,
    ExpertFactory,
    NetworkFactory,
    ReleaseFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db
TRIPLES = list(RELEASE.triples())


def actor_of(role: str, release: Release) -> Actor:
    proposal = release.proposal
    return {
        "employeur": lambda: employer_actor(release.employer),
        "association": lambda: association_actor(proposal.need.association),
        "expert": lambda: expert_actor(proposal.expert),
        "reseau": lambda: officer_actor(proposal.need.network),
        "systeme": lambda: SYSTEM,
    }[role]()


def stranger(role: str) -> Actor:
    return {
        "employeur": lambda: employer_actor(EmployerFactory()),
        "association": lambda: association_actor(AssociationFactory()),
        "expert": lambda: expert_actor(ExpertFactory()),
        "reseau": lambda: officer_actor(NetworkFactory()),
    }[role]()


def signed(release: Release, *parties: str) -> Release:
    Signature.objects.bulk_create(
        Signature(release=release, party=party, name="Camille", sha256="0" * 64)
        for party in parties
    )
    return Release.objects.get(pk=release.pk)


def test_release_permissions_follow_the_workflow_for_each_state_action_and_role() -> None:
    release = ReleaseFactory(scheme="MCP")
    actors = {role: actor_of(role, release) for role in RELEASE.roles}
    for state, verb, role in TRIPLES:
        release.state = state
        allowed = RELEASE.allows(state, verb, role)
        assert rules.can(actors[role], verb, release) is allowed, (state, verb, role)


@pytest.mark.parametrize("role", ["employeur", "association", "expert", "reseau"])
def test_a_party_to_another_release_is_allowed_no_action(role: str) -> None:
    release, other = ReleaseFactory(scheme="MCP"), stranger(role)
    for state, verb, _ in TRIPLES:
        release.state = state
        assert rules.can(other, verb, release) is False, (state, verb)


def test_without_an_employer_only_association_and_expert_sign_the_agreement() -> None:
    release = ReleaseFactory()
    assert rules.parties_of(release) == ("association", "expert", "employeur")
    release.employer = None
    assert rules.parties_of(release) == ("association", "expert")


def test_a_party_may_sign_only_once_and_the_network_may_sign_for_missing_parties() -> None:
    release = signed(ReleaseFactory(scheme="MCP", state="approved"), "expert")
    may = {role: rules.can_sign(actor_of(role, release), release) for role in RELEASE.roles}
    assert may == {
        "employeur": True,
        "reseau": True,
        "association": True,
        "expert": False,
        "systeme": False,
    }
    release = signed(release, "association", "employeur")
    assert rules.can_sign(actor_of("reseau", release), release) is False


@pytest.mark.parametrize("state", [State.REQUESTED, State.REFUSED, State.AGREED, State.ENDED])
def test_nobody_may_sign_a_release_that_is_not_approved(state: str) -> None:
    release = ReleaseFactory(scheme="MCP", state=state)
    for role in RELEASE.roles:
        assert rules.can_sign(actor_of(role, release), release) is False, role


@pytest.mark.parametrize(
    ("scheme", "confirmed_by", "expected"),
    [("MCP", "", True), ("", "", False), ("MCP", "Camille", False)],
)
def test_only_the_network_may_confirm_a_chosen_leave_scheme_and_only_once(
    scheme: str, confirmed_by: str, expected: bool
) -> None:
    release = ReleaseFactory(scheme=scheme, confirmed_by=confirmed_by)
    may = {role: rules.can_confirm(actor_of(role, release), release) for role in RELEASE.roles}
    assert may == {role: expected and role == "reseau" for role in RELEASE.roles}
    assert rules.can_confirm(stranger("reseau"), release) is False


def test_approving_a_release_without_a_leave_scheme_is_refused() -> None:
    assert rules.missing_to_approve(ReleaseFactory()) == [
        "Indiquez le cadre de la mise à disposition."
    ]


@pytest.mark.parametrize(
    ("verdict", "missing"),
    [("open", []), ("to_check", []), ("closed", ["Ce cadre est fermé : Moins d’un an."])],
)
def test_approving_a_release_with_a_closed_leave_scheme_is_refused(
    verdict: str, missing: list[str]
) -> None:
    read = [{"code": "MCP", "verdict": verdict, "why": ["Moins d’un an."]}]
    assert rules.missing_to_approve(ReleaseFactory(scheme="MCP", verdicts=read)) == missing


def test_signing_an_agreement_that_is_not_generated_is_refused() -> None:
    assert rules.missing_to_sign(ReleaseFactory()) == ["La convention n’est pas encore établie."]


def test_an_agreement_can_be_concluded_only_after_every_party_has_signed() -> None:
    release = signed(ReleaseFactory(scheme="MCP", state="approved"), "association")
    assert rules.missing_to_conclude(release) == ["Signature attendue : expert, employeur."]
    assert rules.missing_to_conclude(signed(release, "expert", "employeur")) == []


@pytest.mark.parametrize("state", State.values)
def test_a_release_is_open_until_it_is_refused_or_ended(state: str) -> None:
    release = ReleaseFactory.build(proposal=None, employer=None, state=state)
    assert rules.is_open(release) is (state in ("asked", "approved", "agreed"))
