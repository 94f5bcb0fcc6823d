"""Actions on reports, from creation to certificate; evaluations by the three parties."""

from datetime import timedelta

import pytest
from django.test import Client

from explor.ground.accounts.models import PersonalLink
from explor.ground.files.models import Document
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from explor.journey.missions.models import Mission
from explor.journey.missions.pages import public_missions
from explor.journey.reports import actions, pages
from explor.journey.reports.models import CONSENT_VERSION, Recommendation, Report
from factories import MissionFactory, ReportFactory, expert_actor, officer_actor
from support.missions import on, prepared

pytestmark = pytest.mark.django_db
MARKS = {"objectives_met": 4, "usefulness": 5, "cooperation": 3}


def written(**fields: object) -> Report:
    report = ReportFactory(**{"done": "Ateliers.", "results": "Six formées.", **fields})
    by = expert_actor(report.mission.expert)
    actions.recommend(report.mission, by=by, text="Le carnet.", owner="Comité", due=on(60))
    return report


def accepted(mission: Mission) -> Report:
    report = written(mission=mission)
    actions.submit(report, by=expert_actor(mission.expert))
    return actions.accept(report, by=officer_actor(mission.network))


def test_opening_a_report_twice_creates_one_report_due_in_fifteen_days() -> None:
    mission = MissionFactory(state="returned")
    report = actions.open_report(mission)
    assert actions.open_report(mission).pk == report.pk
    assert report.due == on(15)
    sent = Message.objects.filter(kind="reports.open_report")
    assert [message.to for message in sent] == [mission.expert.person.email]
    assert PersonalLink.objects.count() == 1


@pytest.mark.parametrize(
    ("language", "word"), [("fr", "finie"), ("en", "over"), ("es", "terminado"), ("pt", "terminou")]
)
def test_the_partner_receives_its_evaluation_link_in_its_own_language(
    language: str, word: str
) -> None:
    mission = MissionFactory(state="returned")
    partner = mission.need.partner
    partner.language = language
    partner.save()
    actions.open_report(mission)
    [message] = Message.objects.filter(to=partner.email)
    assert word in message.body


def test_a_report_is_created_without_link_when_the_partner_has_no_email() -> None:
    mission = MissionFactory(state="returned")
    mission.need.partner.email = ""
    actions.open_report(mission)
    assert PersonalLink.objects.count() == 0


def test_no_evaluation_link_is_created_for_a_mission_without_field_partner() -> None:
    mission = MissionFactory(state="returned")
    mission.need.partner = None
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.ask_partner(mission, by=officer_actor(mission.network))
    reasons = ("Aucun partenaire de terrain n’est connu pour cette mission.",)
    assert refusal.value.reasons == reasons
    assert (PersonalLink.objects.count(), Message.objects.count()) == (0, 0)


def test_a_report_sent_back_to_its_author_can_be_submitted_again_and_accepted() -> None:
    report = written()
    expert, officer = expert_actor(report.mission.expert), officer_actor(report.mission.network)
    actions.submit(report, by=expert)
    actions.send_back(report, by=officer, reason="Détaillez les résultats.")
    assert Message.objects.get(kind="reports.send_back").body == "Détaillez les résultats."
    actions.submit(report, by=expert)
    actions.accept(report, by=officer)
    assert (report.state, report.submitted_at is None) == ("accepted", False)


def test_submitting_an_incomplete_report_is_refused() -> None:
    report = ReportFactory()
    with pytest.raises(ActionNotAllowed, match="Racontez ce qui a été fait"):
        actions.submit(report, by=expert_actor(report.mission.expert))


def test_accepting_a_report_issues_one_certificate_that_anyone_can_verify(
    client: Client,
) -> None:
    report = accepted(MissionFactory(state="returned"))
    with pytest.raises(ActionNotAllowed):
        actions.accept(report, by=officer_actor(report.mission.network))
    assert Document.objects.count() == 1
    assert report.certificate.file.open("rb").read(5) == b"%PDF-"
    text = client.get(f"/verifier/{report.certificate.seal.code}/").content.decode()
    assert (report.mission.need.title in text, "10 jours" in text) == (True, True)


def test_a_certificate_states_the_days_on_site_or_that_the_work_was_remote() -> None:
    plain = MissionFactory(state="returned")
    facts = dict(pages.engagement(plain))
    assert (facts["Durée prévue sur place"], "Durée sur place" in facts) == ("10 jours", False)
    plain.departed_on, plain.returned_on = plain.start, plain.end
    assert dict(pages.engagement(plain))["Durée sur place"] == "10 jours"
    remote = dict(pages.engagement(MissionFactory(state="remote", cause="ZONE")))
    assert remote["Forme"] == "à distance, sans voyage"
    assert ("Durée sur place" in remote, "Dates" in remote) == (False, False)


@pytest.mark.parametrize(("after", "days"), [(3, "4 jours"), (0, "1 jour"), (11, "12 jours")])
@pytest.mark.parametrize("state", ["interrupted", "closed"])
def test_the_certificate_of_an_interrupted_mission_counts_the_days_actually_spent(
    state: str, after: int, days: str
) -> None:
    mission = MissionFactory(state=state, cause="SANTE")
    mission.departed_on = mission.start
    mission.returned_on = mission.start + timedelta(days=after)
    facts = dict(pages.engagement(mission))
    assert facts["Durée sur place"] == days
    assert facts["Dates"] == f"du {mission.start:%d/%m/%Y} au {mission.returned_on:%d/%m/%Y}"


def test_a_second_evaluation_of_a_mission_by_the_same_party_is_refused() -> None:
    report = ReportFactory(state="submitted")
    by = Actor(name="Hanta Exemple", role="partenaire")
    actions.evaluate(report.mission, by=by, voice="partenaire", comment="", **MARKS)
    with pytest.raises(ActionNotAllowed, match="Cette évaluation est déjà donnée"):
        actions.evaluate(report.mission, by=by, voice="partenaire", comment="", **MARKS)
    assert report.mission.evaluations.count() == 1


@pytest.mark.parametrize("mark", [0, 6])
def test_a_mark_of_a_joint_evaluation_outside_one_to_five_is_refused(mark: int) -> None:
    mission = ReportFactory().mission
    by = expert_actor(mission.expert)
    with pytest.raises(ActionNotAllowed, match="Chaque note va de 1 à 5"):
        actions.evaluate(mission, by=by, voice="expert", **{**MARKS, "usefulness": mark})


@pytest.mark.parametrize(
    ("state", "consent", "summary", "followed"),
    [
        ("accepted", True, "Six fontainières formées.", "0 recommandation appliquée sur 1"),
        ("accepted", False, "", "0 recommandation appliquée sur 1"),
        ("submitted", True, "", ""),
    ],
)
def test_the_public_sees_only_the_summary_of_an_accepted_report_with_consent(
    state: str, consent: bool, summary: str, followed: str
) -> None:
    report = written(
        state=state,
        public_consent=consent,
        consent_version=CONSENT_VERSION if consent else "",
        public_summary="Six fontainières formées.",
    )
    [shown] = public_missions(report.mission.need.project)
    assert (shown["summary"], shown["recommendations"]) == (summary, followed)
    assert set(shown) == {"title", "when", "state", "summary", "recommendations"}
    assert report.mission.expert.person.name not in str(shown)


@pytest.mark.parametrize(
    ("done", "followed"),
    [
        (0, "0 recommandation appliquée sur 3"),
        (1, "1 recommandation appliquée sur 3"),
        (2, "2 recommandations appliquées sur 3"),
    ],
)
def test_the_public_sees_how_many_recommendations_of_a_mission_are_applied(
    done: int, followed: str
) -> None:
    mission = written(state="accepted").mission
    mission.recommendations.all().delete()
    for number in range(3):
        status = Recommendation.Status.DONE if number < done else Recommendation.Status.OPEN
        Recommendation.objects.create(mission=mission, text="Le carnet.", due=on(60), status=status)
    [shown] = public_missions(mission.need.project)
    assert shown["recommendations"] == followed


def test_a_cancelled_mission_is_not_shown_to_the_public() -> None:
    mission = prepared(state="cancelled")
    assert public_missions(mission.need.project) == []
