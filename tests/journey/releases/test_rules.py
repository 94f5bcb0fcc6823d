"""Permissions on releases, and the conditions to approve, sign and conclude."""

from dataclasses import replace

import pytest
from django.utils import timezone

from explor.ground.http.actor import SYSTEM, Actor
from explor.journey.leave_readings.engine import LeaveReading
from explor.journey.releases import engine, rules
from explor.journey.releases.actions import make_chain
from explor.journey.releases.models import Release, Signature
from explor.journey.releases.states import RELEASE, State
from factories import (
    AgreementFactory,
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
    agreement = release.agreement or AgreementFactory(release=release)
    Release.objects.filter(pk=release.pk).update(agreement=agreement)
    make_chain(release)
    Signature.objects.bulk_create(
        Signature(
            agreement=agreement, signatory=place, party=place.party, name="X", sha256="0" * 64
        )
        for place in release.signatories.filter(party__in=parties)
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


def test_without_an_employer_only_the_association_and_the_expert_sign_the_agreement() -> None:
    release = ReleaseFactory()
    assert rules.parties_of(release) == ("association", "expert", "employeur")
    release.employer = None
    assert rules.parties_of(release) == ("association", "expert")


def test_a_party_signs_only_once_and_the_network_cannot_sign_on_screen() -> None:
    release = signed(ReleaseFactory(scheme="MCP", state="approved"), "expert")
    may = {role: rules.can_sign(actor_of(role, release), release) for role in RELEASE.roles}
    assert may == {
        "employeur": True,
        "reseau": False,
        "association": True,
        "expert": False,
        "systeme": False,
    }
    release = signed(release, "association", "employeur")
    assert rules.can_sign(actor_of("reseau", release), release) is False


@pytest.mark.parametrize("state", [State.REQUESTED, State.REFUSED, State.AGREED, State.ENDED])
def test_nobody_may_sign_the_agreement_of_a_release_that_is_not_approved(state: str) -> None:
    release = ReleaseFactory(scheme="MCP", state=state)
    for role in RELEASE.roles:
        assert rules.can_sign(actor_of(role, release), release) is False, role


@pytest.mark.parametrize("state", State.values)
def test_only_the_network_may_confirm_the_scheme_of_an_approved_release(state: str) -> None:
    release = ReleaseFactory(scheme="MCP", state=state)
    may = {role: rules.can_confirm(actor_of(role, release), release) for role in RELEASE.roles}
    assert may == {role: state == "approved" and role == "reseau" for role in RELEASE.roles}
    assert rules.can_confirm(stranger("reseau"), release) is False


@pytest.mark.parametrize("state", State.values)
def test_every_party_may_answer_questions_until_the_agreement_is_signed(state: str) -> None:
    release = ReleaseFactory(scheme="MCP", state=state)
    may = {role: rules.can_answer(actor_of(role, release), release) for role in RELEASE.roles}
    expected = state in ("asked", "taken_over", "approved")
    assert may == {role: expected and role != "systeme" for role in RELEASE.roles}
    assert rules.can_answer(stranger("employeur"), release) is False


def reading(verdict: str, *questions: str) -> LeaveReading:
    """Return the verdict on the scheme MCP, changed to this verdict and these questions."""
    release = ReleaseFactory(scheme="MCP")
    read = engine.reading_of(release, "MCP", timezone.localdate())
    return replace(read, verdict=verdict, why=("Moins d’un an.",), questions=questions)


CLOSED = "Le cadre « Mécénat de compétences d’une entreprise » est fermé : Moins d’un an."
TO_CONFIRM = "Votre réseau doit d’abord confirmer le cadre, à son nom."


@pytest.mark.parametrize(
    ("verdict", "refusals"), [("open", []), ("to_check", []), ("closed", [CLOSED])]
)
def test_a_release_cannot_be_approved_under_a_scheme_closed_today(
    verdict: str, refusals: list[str]
) -> None:
    assert rules.closed_today(reading(verdict)) == refusals


@pytest.mark.parametrize(
    ("confirmed", "questions", "refusals"),
    [
        ([], [], []),
        ([], ["A ?"], [TO_CONFIRM]),
        (["A ?"], ["A ?"], []),
        (["A ?"], ["A ?", "B ?"], [TO_CONFIRM]),
    ],
)
def test_nobody_can_sign_before_the_network_settles_every_question_of_the_scheme(
    confirmed: list[str], questions: list[str], refusals: list[str]
) -> None:
    release = ReleaseFactory(
        confirmed_by="Camille" if confirmed else "", confirmed_questions=confirmed
    )
    release.agreement = AgreementFactory(release=release)
    assert rules.missing_to_sign(release, reading("to_check", *questions)) == refusals


def test_nobody_can_sign_without_an_agreement_or_under_a_scheme_closed_today() -> None:
    missing = rules.missing_to_sign(ReleaseFactory(), reading("closed"))
    assert missing == ["La convention n’est pas encore établie.", CLOSED]


def test_the_network_can_confirm_only_a_leave_scheme_that_raises_questions() -> None:
    release = ReleaseFactory.build(proposal=None, employer=None)
    assert rules.missing_to_confirm(release, reading("to_check", "A ?")) == []
    assert rules.missing_to_confirm(release, reading("closed")) == [CLOSED]
    settled = rules.missing_to_confirm(release, reading("open"))
    assert settled == ["Ce cadre n’a plus rien à confirmer."]


def test_an_agreement_can_be_concluded_only_after_every_party_has_signed() -> None:
    release = signed(ReleaseFactory(scheme="MCP", state="approved"), "association")
    assert rules.missing_to_conclude(release) == [
        "Signature attendue de la personne qui part et de l’employeur."
    ]
    assert rules.missing_to_conclude(signed(release, "expert", "employeur")) == []


@pytest.mark.parametrize("state", State.values)
def test_a_release_counts_as_open_until_it_is_refused_or_ended(state: str) -> None:
    release = ReleaseFactory.build(proposal=None, employer=None, state=state)
    assert rules.is_open(release) is (state not in ("refused", "ended"))
