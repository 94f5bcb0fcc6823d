"""Permissions on reports and recommendations; conditions to submit a report or close a mission."""

import pytest

from explor.journey.missions.models import Mission
from explor.journey.reports import rules
from explor.journey.reports.models import Recommendation, Report
from explor.journey.reports.states import REPORT, State
from factories import (
    ExpertFactory,
    NetworkFactory,
    ReportFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
)
from support.missions import on

pytestmark = pytest.mark.django_db


def recommended(**fields: object) -> Report:
    report = ReportFactory(**{"done": "Ateliers.", "results": "Six formées.", **fields})
    Recommendation.objects.create(
        mission=report.mission, text="Tenir le carnet.", owner="Le comité", due=on(60)
    )
    return report


def test_a_complete_report_has_no_reason_against_its_submission() -> None:
    assert rules.missing_to_submit(recommended()) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"done": ""}, "Racontez ce qui a été fait."),
        ({"results": ""}, "Dites les résultats obtenus, même partiels."),
    ],
)
def test_each_blank_required_field_of_a_report_prevents_submission_with_its_own_reason(
    fields: dict[str, str], expected: str
) -> None:
    assert rules.missing_to_submit(recommended(**fields)) == [expected]


def test_a_report_without_recommendation_cannot_be_submitted() -> None:
    report = ReportFactory(done="Ateliers.", results="Six formées.")
    expected = "Ajoutez au moins une recommandation, avec qui s’en charge et pour quand."
    assert rules.missing_to_submit(report) == [expected]


def test_a_public_summary_that_names_the_expert_prevents_submission() -> None:
    report = recommended()
    person = report.mission.expert.person
    person.name = "Zoé Exemple"
    report.public_summary = "Merci à zoe  EXEMPLE pour ces ateliers."
    expected = "Retirez votre nom du résumé public : la fiche ne nomme personne."
    assert rules.missing_to_submit(report) == [expected]
    person.name = ""
    assert rules.missing_to_submit(report) == []


@pytest.mark.parametrize("state", State.values)
def test_only_the_expert_may_write_a_report_that_is_a_draft_or_sent_back(state: str) -> None:
    report = ReportFactory(state=state)
    mission = report.mission
    actors = [
        expert_actor(mission.expert),
        expert_actor(ExpertFactory()),
        officer_actor(mission.network),
        association_actor(mission.association),
    ]
    may = [rules.can_write(actor, report) for actor in actors]
    assert may == [state in ("draft", "returned"), False, False, False]


def test_only_the_expert_and_network_of_the_mission_may_act_on_its_report() -> None:
    report = ReportFactory()
    mission = report.mission
    for state, verb, role in REPORT.triples():
        report.state = state
        own = {"expert": expert_actor(mission.expert), "reseau": officer_actor(mission.network)}
        others = {
            "expert": expert_actor(ExpertFactory()),
            "reseau": officer_actor(NetworkFactory()),
        }
        assert rules.can(own[role], verb, report) is REPORT.allows(state, verb, role)
        assert rules.can(others[role], verb, report) is False


def test_only_the_association_and_network_of_a_mission_update_recommendations() -> None:
    mission = ReportFactory().mission
    actors = [
        association_actor(mission.association),
        officer_actor(mission.network),
        officer_actor(NetworkFactory()),
        expert_actor(mission.expert),
        employer_actor(mission.employer),
    ]
    assert [rules.can_follow(actor, mission) for actor in actors] == [True, True] + [False] * 3


@pytest.mark.parametrize("ended", ["returned", "remote", "interrupted"])
@pytest.mark.parametrize("state", State.values)
def test_a_mission_closes_without_an_accepted_report_only_when_interrupted(
    ended: str, state: str
) -> None:
    mission = ReportFactory(state=state).mission
    mission = Mission(pk=mission.pk, state=ended)
    free = ended == "interrupted" or state == "accepted"
    assert rules.missing_to_close(mission) == (
        [] if free else ["Le compte rendu n’est pas encore accepté."]
    )


@pytest.mark.parametrize(
    ("state", "readers"),
    [
        ("draft", ["reseau", "expert"]),
        ("submitted", ["reseau", "expert", "association"]),
        ("returned", ["reseau", "expert", "association"]),
        ("accepted", ["reseau", "expert", "association", "employeur"]),
    ],
)
def test_the_association_sees_a_submitted_report_and_the_employer_only_an_accepted_one(
    state: str, readers: list[str]
) -> None:
    mission = ReportFactory(state=state).mission
    actors = [
        officer_actor(mission.network),
        expert_actor(mission.expert),
        association_actor(mission.association),
        employer_actor(mission.employer),
        officer_actor(NetworkFactory()),
    ]
    shown = [actor.role for actor in actors if Report.objects.visible_to(actor).exists()]
    assert shown == readers
