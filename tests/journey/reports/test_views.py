"""Pages of reports and evaluations, for each role and by the partner's personal link."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from explor.ground.accounts.actions import open_link, revoke_links
from explor.ground.http.actor import SYSTEM, Actor
from explor.journey.missions.models import Mission
from explor.journey.missions.pages import url_of
from explor.journey.reports import actions
from explor.journey.reports.models import Recommendation, Report
from explor.journey.reports.pages import waiting_for
from factories import (
    ExpertFactory,
    NetworkFactory,
    ReportFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
)
from support.missions import on, side_by_side

pytestmark = pytest.mark.django_db
Session = Callable[[Actor], Client]
MARKS = {"objectives_met": "4", "usefulness": "5", "cooperation": "3", "comment": "Utile."}
ONCE = "0b0d8a4e-2f5c-4a39-9a39-3c4f6f2f7a11"


def advice(mission: Mission, **fields: Any) -> Recommendation:
    given = {"text": "Tenir le carnet.", "owner": "Comité", "due": on(20), **fields}
    return Recommendation.objects.create(mission=mission, **given)


def test_saving_a_report_from_a_stale_page_returns_409_and_shows_both_texts(
    session_of: Session,
) -> None:
    report = ReportFactory()
    client = session_of(expert_actor(report.mission.expert))
    url = reverse("reports:expert_report", args=[report.mission_id])
    assert client.get(url).status_code == 200
    assert client.post(url, {"version": 0, "done": "Jour 1."}).status_code == 302
    stale = client.post(url, {"version": 0, "done": "Jour 1, bis."})
    assert stale.status_code == 409
    shown = stale.context["form"]
    assert shown.stored == [("Ce qui a été fait", "Jour 1.")]
    page = stale.content.decode()
    assert "Ce qui est enregistré à cet instant" in page
    assert [page.count(text) for text in ("Jour 1.</", "Jour 1, bis.</")] == [1, 1]
    report.refresh_from_db()
    assert (report.done, report.state) == ("Jour 1.", "draft")


def test_submitting_a_recommendation_twice_creates_one_recommendation(session_of: Session) -> None:
    report = ReportFactory()
    client = session_of(expert_actor(report.mission.expert))
    url = reverse("reports:expert_recommend", args=[report.mission_id])
    data = {
        "text": "Tenir le carnet.",
        "owner": "Comité",
        "due": on(60).isoformat(),
        "idempotency_key": ONCE,
    }
    assert [client.post(url, data).status_code for _ in range(2)] == [302, 302]
    assert report.mission.recommendations.count() == 1


def test_editing_a_submitted_report_is_forbidden(session_of: Session) -> None:
    report = ReportFactory(state="submitted")
    client = session_of(expert_actor(report.mission.expert))
    for name in ("expert_report", "expert_recommend"):
        url = reverse(f"reports:{name}", args=[report.mission_id])
        assert client.post(url, {"version": 0, "done": "Encore."}).status_code == 403


def test_after_acceptance_the_network_and_the_expert_download_the_certificate(
    session_of: Session,
) -> None:
    report = ReportFactory(done="Ateliers.", results="Six.", state="submitted")
    mission = report.mission
    officer, expert = officer_actor(mission.network), expert_actor(mission.expert)
    client = session_of(officer)
    url = reverse("reports:reseau_accept", args=[officer.key, mission.pk])
    assert client.get(url).status_code == 200
    assert [client.post(url, {"version": 0}).status_code for _ in range(2)] == [302, 409]
    for actor, args in ((officer, [officer.key, mission.pk]), (expert, [mission.pk])):
        page = session_of(actor).get(url_of(actor, mission)).content.decode()
        link = reverse(f"reports:{actor.role}_certificate", args=args)
        assert link in page
        response = session_of(actor).get(link)
        assert b"".join(response.streaming_content)[:5] == b"%PDF-"


def test_the_certificate_of_a_mission_is_not_found_before_the_report_is_accepted(
    session_of: Session,
) -> None:
    report = ReportFactory(state="submitted")
    url = reverse("reports:expert_certificate", args=[report.mission_id])
    assert session_of(expert_actor(report.mission.expert)).get(url).status_code == 404


def test_sending_a_report_back_without_a_reason_is_refused(session_of: Session) -> None:
    report = ReportFactory(state="submitted")
    officer = officer_actor(report.mission.network)
    client = session_of(officer)
    url = reverse("reports:reseau_send_back", args=[officer.key, report.mission_id])
    assert client.post(url, {"version": 0}).status_code == 422
    assert client.post(url, {"version": 0, "reason": "Et après ?"}).status_code == 302
    report.refresh_from_db()
    assert report.state == "returned"


@pytest.mark.parametrize("role", ["association", "expert"])
def test_a_joint_evaluation_is_saved_once_and_shown_on_the_page_of_the_mission(
    role: str, session_of: Session
) -> None:
    report = ReportFactory(state="submitted")
    mission = report.mission
    actor = {
        "association": lambda: association_actor(mission.association),
        "expert": lambda: expert_actor(mission.expert),
    }[role]()
    client = session_of(actor)
    args = [mission.pk] if role == "expert" else [actor.key, mission.pk]
    url = reverse(f"reports:{role}_evaluate", args=args)
    assert client.get(url).status_code == 200
    codes = [client.post(url, {**MARKS, "idempotency_key": ONCE}).status_code for _ in range(2)]
    assert codes == [302, 302]
    assert client.post(url, MARKS).status_code == 409
    officer = officer_actor(mission.network)
    text = session_of(officer).get(url_of(officer, mission)).content.decode()
    assert "objectifs 4/5, utilité 5/5, travail commun 3/5" in text


def test_the_association_updates_the_status_of_a_recommendation(session_of: Session) -> None:
    mission = ReportFactory(state="accepted").mission
    item, actor = advice(mission), association_actor(mission.association)
    client = session_of(actor)
    url = reverse("reports:association_follow", args=[actor.key, item.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"version": 0, "status": "done", "note": "Fait."}).status_code == 302
    assert client.post(url, {"version": 0, "status": "open"}).status_code == 409
    item.refresh_from_db()
    assert (item.status, item.note) == ("done", "Fait.")


def test_report_pages_return_404_to_parties_to_other_missions(session_of: Session) -> None:
    mission = ReportFactory(state="submitted").mission
    item = advice(mission)
    expert, officer = expert_actor(ExpertFactory()), officer_actor(NetworkFactory())
    association = association_actor(ReportFactory().mission.association)
    urls = {
        expert: [
            reverse(f"reports:expert_{name}", args=[mission.pk])
            for name in ("report", "recommend", "submit", "certificate", "evaluate")
        ],
        officer: [
            reverse("reports:reseau_accept", args=[officer.key, mission.pk]),
            reverse("reports:reseau_certificate", args=[officer.key, mission.pk]),
            reverse("reports:reseau_follow", args=[officer.key, item.pk]),
        ],
        association: [
            reverse("reports:association_evaluate", args=[association.key, mission.pk]),
            reverse("reports:association_follow", args=[association.key, item.pk]),
        ],
    }
    for actor, pages in urls.items():
        client = session_of(actor)
        for url in pages:
            assert client.get(url).status_code == 404, url


def test_the_evaluation_page_of_a_mission_is_not_found_before_the_report_is_submitted(
    session_of: Session,
) -> None:
    mission = ReportFactory(state="draft").mission
    actor = association_actor(mission.association)
    url = reverse("reports:association_evaluate", args=[actor.key, mission.pk])
    assert session_of(actor).get(url).status_code == 404


def test_the_employer_sees_that_a_report_is_accepted_but_not_its_content(
    session_of: Session,
) -> None:
    report = ReportFactory(state="accepted", done="Ce qui ne regarde pas l’employeur.")
    marks = {"objectives_met": 4, "usefulness": 5, "cooperation": 2}
    for voice in ("association", "expert"):
        words = "Ce qui ne regarde pas l’employeur non plus."
        actions.evaluate(report.mission, by=SYSTEM, voice=voice, comment=words, **marks)
    actor = employer_actor(report.mission.employer)
    text = session_of(actor).get(url_of(actor, report.mission)).content.decode()
    assert ("accepté" in text, "Ce qui ne regarde pas" in text) == (True, False)
    assert text.count("travail commun 2/5") == 2
    other = association_actor(report.mission.association)
    shown = session_of(other).get(url_of(other, report.mission)).content.decode()
    assert shown.count("non plus") == 2


WORDS = {
    "fr": ("Qu’a apporté cette mission ?", "Merci. Votre évaluation est transmise."),
    "en": ("What did this mission bring?", "Thank you. Your evaluation has been passed on."),
    "es": ("¿Qué aportó esta misión?", "Gracias. Su evaluación ha sido transmitida."),
    "pt": ("O que trouxe esta missão?", "Obrigado. A sua avaliação foi transmitida."),
    "mg": ("Qu’a apporté cette mission ?", "Merci. Votre évaluation est transmise."),
}


def linked(mission: Mission, language: str = "fr") -> str:
    secret = open_link(mission, name="Hanta", email="h@exemple.test", by=SYSTEM, language=language)
    return reverse("reports:partenaire_evaluation", args=[secret])


@pytest.mark.parametrize("language", WORDS)
def test_the_partner_evaluates_in_its_language_and_a_second_submission_is_ignored(
    language: str, client: Client
) -> None:
    mission = ReportFactory().mission
    url = linked(mission, language)
    title, thanks = WORDS[language]
    shown = language if language in ("fr", "en", "es", "pt") else "fr"
    text = client.get(url).content.decode()
    assert (title in text, f'<html lang="{shown}"' in text) == (True, True)
    for _ in range(2):
        response = client.post(url, MARKS)
        assert (response.status_code, thanks in response.content.decode()) == (200, True)
    voice = mission.evaluations.get()
    assert (voice.voice, voice.by, voice.objectives_met) == ("partenaire", "Hanta", 4)


def test_an_incomplete_evaluation_is_refused_and_keeps_the_typed_values(client: Client) -> None:
    mission = ReportFactory().mission
    response = client.post(linked(mission), {"comment": "À ne pas perdre."})
    assert response.status_code == 422
    assert "À ne pas perdre." in response.content.decode()
    assert mission.evaluations.count() == 0


def test_a_wrong_or_revoked_evaluation_link_is_not_found(client: Client) -> None:
    mission = ReportFactory().mission
    url = linked(mission)
    revoke_links(mission, by=SYSTEM)
    wrong = reverse("reports:partenaire_evaluation", args=["n-importe-quoi"])
    assert (client.get(url).status_code, client.get(wrong).status_code) == (404, 404)


def test_each_role_has_only_its_own_tasks_about_a_report() -> None:
    report = ReportFactory()
    mission = report.mission
    expert, officer = expert_actor(mission.expert), officer_actor(mission.network)
    association = association_actor(mission.association)

    def waits() -> list[list[str]]:
        actors = (expert, officer, association)
        return [[line.title for line in waiting_for(actor)] for actor in actors]

    assert waits() == [["Écrire le compte rendu"], [], []]
    Report.objects.update(state="submitted")
    assert waits() == [[], ["Lire le compte rendu"], ["Évaluer la mission"]]
    advice(mission, text="Tenir le carnet.", due=on(30))
    advice(mission, text="Plus tard.", due=on(31))
    advice(mission, text="Déjà fait.", status="done")
    Report.objects.update(state="accepted")
    follow = "Dire où en est : Tenir le carnet."
    assert waits() == [[], ["Clore la mission"], ["Évaluer la mission", follow]]
    Mission.objects.update(state="closed")
    by = association
    actions.evaluate(mission, by=by, voice="association", objectives_met=4, usefulness=4,
                     cooperation=4, comment="")  # fmt: skip
    assert waits() == [[], [], [follow]]


@pytest.mark.parametrize("count", [10, 60])
def test_the_tasks_about_reports_are_loaded_within_their_query_limit(
    count: int, django_assert_max_num_queries: Any
) -> None:
    network = NetworkFactory()
    made = side_by_side(network, count, state="returned")
    Mission.objects.update(association=made[0].association)
    Report.objects.bulk_create(Report(mission=each, state="submitted") for each in made)
    for actor in (officer_actor(network), association_actor(made[0].association)):
        with django_assert_max_num_queries(3):
            assert len(waiting_for(actor)) == min(count, 50)


def test_the_association_sees_no_recommendation_of_a_report_that_is_not_submitted(
    session_of: Session,
) -> None:
    mission = ReportFactory(state="draft").mission
    item, actor = advice(mission), association_actor(mission.association)
    client = session_of(actor)
    url = reverse("reports:association_follow", args=[actor.key, item.pk])
    assert client.get(url).status_code == 404
    assert client.post(url, {"version": 0, "status": "done"}).status_code == 404
    Report.objects.filter(mission=mission).update(state="submitted")
    assert client.get(url).status_code == 200
