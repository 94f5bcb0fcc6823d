"""The departure and the return are recorded on their real day, and can be undone."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from explor.ground.accounts.models import PersonalLink
from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from explor.journey.missions import actions, pages
from explor.journey.missions.models import Mission
from explor.journey.missions.pages import url_of
from explor.journey.proposals.models import Proposal
from explor.journey.reports import actions as reports
from explor.journey.reports.models import Report
from explor.journey.sheets import actions as sheets
from factories import MissionFactory, ProposalFactory, expert_actor, officer_actor
from support.missions import advise, on, prepared

pytestmark = pytest.mark.django_db
Session = Callable[[Actor], Client]
Run = Callable[[], list[str]]
ENDING = {"cause": "SANTE", "reason": "Fièvre."}
TAKEN = "La personne s’est engagée ailleurs sur les jours que ce retour a libérés."


def mission_of(leaves_in: int, state: str = "away", **fields: Any) -> Mission:
    """Create a mission whose proposal has the same days."""
    mission = prepared(leaves_in=leaves_in, state=state, **fields)
    proposal = Proposal.objects.filter(pk=mission.release.proposal_id)
    proposal.update(start=mission.start, end=mission.end)
    return Mission.objects.get(pk=mission.pk)


def free_from(mission: Mission) -> Any:
    return Proposal.objects.get(pk=mission.release.proposal_id).free_from


def test_the_departure_of_a_mission_is_recorded_on_its_real_day() -> None:
    mission = prepared(leaves_in=-1, state="cleared")
    Message.objects.all().delete()
    actions.depart(mission, by=expert_actor(mission.expert), on=on(0))
    mission.refresh_from_db()
    assert (mission.state, mission.departed_on, mission.returned_on) == ("away", on(0), None)
    assert Entry.objects.about(mission).last().details == {"departed_on": on(0).isoformat()}
    subjects = set(Message.objects.values_list("subject", flat=True))
    what = f"Départ confirmé, le {on(0):%d/%m/%Y}"
    assert subjects == {f"{what} : {mission.need.title} ({mission.file_number})"}


def test_recording_a_departure_of_tomorrow_is_refused_and_saves_nothing() -> None:
    mission = prepared(leaves_in=1, state="cleared")
    with pytest.raises(ActionNotAllowed, match="Ce jour est à venir"):
        actions.depart(mission, by=expert_actor(mission.expert), on=on(1))
    mission.refresh_from_db()
    assert (mission.state, mission.departed_on) == ("cleared", None)


@pytest.mark.parametrize(("day", "last"), [(-3, -3), (-1, -1), (0, 0)])
def test_recording_a_return_frees_the_following_days_of_the_expert(day: int, last: int) -> None:
    mission = mission_of(-5, departed_on=on(-5))
    actions.come_back(mission, by=expert_actor(mission.expert), on=on(day))
    mission.refresh_from_db()
    assert (mission.state, mission.returned_on, mission.ended_on) == ("returned", on(day), on(0))
    assert Entry.objects.about(mission).last().details == {"returned_on": on(day).isoformat()}
    assert free_from(mission) == on(last + 1)
    agreed = Proposal.objects.agreed().filter(expert=mission.expert)
    assert agreed.overlapping(on(last + 1), mission.end).exists() is False
    assert agreed.overlapping(on(last), mission.end).exists() is True


@pytest.mark.parametrize("verb", ["come_back", "interrupt"])
@pytest.mark.parametrize("day", [-6, 1])
def test_a_return_before_the_departure_or_in_the_future_is_refused(verb: str, day: int) -> None:
    mission = mission_of(-5, departed_on=on(-5))
    ending = ENDING if verb == "interrupt" else {}
    with pytest.raises(ActionNotAllowed, match="Ce jour"):
        getattr(actions, verb)(mission, by=officer_actor(mission.network), on=on(day), **ending)
    mission.refresh_from_db()
    assert (mission.state, mission.returned_on, free_from(mission)) == ("away", None, None)


def test_a_late_return_is_recorded_although_another_mission_was_planned_meanwhile() -> None:
    first = mission_of(-12, departed_on=on(-12))
    second = MissionFactory(start=on(-2), end=on(7))
    Mission.objects.filter(pk=second.pk).update(expert=first.expert)
    Proposal.objects.filter(pk=second.release.proposal_id).update(
        expert=first.expert, start=on(-2), end=on(7)
    )
    actions.come_back(first, by=expert_actor(first.expert), on=on(0))
    first.refresh_from_db()
    assert (first.returned_on, first.stay.days) == (on(0), 13)  # type: ignore[union-attr]


def test_after_an_early_end_the_expert_can_take_another_mission_on_the_freed_days() -> None:
    first = mission_of(-5, departed_on=on(-5))
    actions.interrupt(first, by=officer_actor(first.network), on=on(-2), **ENDING)
    again = ProposalFactory(agreed=True, expert=first.expert, start=on(1), end=on(10))
    second = MissionFactory(release__proposal=again)
    assert (second.start, second.expert) == (on(1), first.expert)
    assert rules_to_undo(first) == [TAKEN]
    with pytest.raises(ActionNotAllowed, match="engagée ailleurs"):
        actions.undo_return(first, by=officer_actor(first.network), reason="Erreur.")


def test_making_a_mission_remote_frees_its_days_and_closing_it_keeps_them_free() -> None:
    mission = mission_of(10, "cleared")
    by = officer_actor(mission.network)
    actions.go_remote(mission, by=by, cause="VISA", reason="Pas de visa.")
    assert free_from(mission) == mission.start
    reports.open_report(mission)
    Report.objects.update(state="accepted")
    actions.close(mission, by=by)
    mission.refresh_from_db()
    assert (mission.closed_from, mission.stay) == ("remote", None)
    again = ProposalFactory(
        agreed=True, expert=mission.expert, start=mission.start, end=mission.end
    )
    assert MissionFactory(release__proposal=again).start == mission.start


def rules_to_undo(mission: Mission) -> list[str]:
    return pages.blockers_of_undo_return(officer_actor(mission.network), mission)


def test_undoing_a_departure_makes_the_mission_cleared_and_emails_the_reason() -> None:
    mission = prepared(state="cleared", override="Accord du 3 mars.")
    by = officer_actor(mission.network)
    actions.depart(mission, by=by, on=on(0))
    addresses = {each.to for each in Message.objects.filter(kind="missions.depart")}
    actions.undo_departure(mission, by=by, reason="Noté sur le mauvais dossier.")
    mission.refresh_from_db()
    assert (mission.state, mission.departed_on) == ("cleared", None)
    assert mission.override == "Accord du 3 mars."
    last = Entry.objects.about(mission).last()
    assert (last.verb, last.source, last.target) == ("undo_departure", "away", "cleared")
    assert (last.name, last.reason) == (by.name, "Noté sur le mauvais dossier.")
    assert last.details == {"departed_on": on(0).isoformat()}
    messages = Message.objects.filter(kind="missions.undo_departure")
    assert {each.to for each in messages} == addresses
    assert {each.body for each in messages} == {"Départ retiré\n\nNoté sur le mauvais dossier."}
    actions.depart(mission, by=by, on=on(0))
    assert mission.state == "away"


def test_undoing_a_return_takes_the_days_again_and_removes_the_unstarted_report(
    run_jobs: Run,
) -> None:
    mission = mission_of(-5, departed_on=on(-5))
    by = officer_actor(mission.network)
    actions.come_back(mission, by=by, on=on(-1))
    run_jobs()
    assert Report.objects.filter(mission=mission).exists()
    actions.undo_return(mission, by=by, reason="Ce n’était pas la bonne personne.")
    run_jobs()
    mission.refresh_from_db()
    assert (mission.state, mission.returned_on, mission.ended_on) == ("away", None, None)
    assert free_from(mission) is None
    assert Report.objects.filter(mission=mission).exists() is False
    actions.come_back(mission, by=by, on=on(0))
    run_jobs()
    assert Report.objects.get(mission=mission).due == on(15)


def test_undoing_a_return_withdraws_the_link_of_the_partner_who_is_notified(run_jobs: Run) -> None:
    mission = mission_of(-5, departed_on=on(-5))
    by = officer_actor(mission.network)
    actions.come_back(mission, by=by, on=on(-1))
    run_jobs()
    assert PersonalLink.objects.valid().count() == 1
    actions.undo_return(mission, by=by, reason="Ce n’était pas la bonne personne.")
    run_jobs()
    assert PersonalLink.objects.valid().count() == 0
    [message] = Message.objects.filter(kind="reports.drop_report")
    assert message.to == mission.need.partner.email  # type: ignore[union-attr]
    assert message.body == (
        "La mission n’est pas finie : le lien reçu ne sert plus. Un autre viendra."
    )


def test_no_report_is_opened_when_the_return_is_undone_before_the_job_runs(run_jobs: Run) -> None:
    mission = mission_of(-5, departed_on=on(-5))
    by = officer_actor(mission.network)
    actions.come_back(mission, by=by, on=on(0))
    actions.undo_return(mission, by=by, reason="Erreur.")
    run_jobs()
    assert Report.objects.count() == 0
    assert Message.objects.filter(kind="reports.open_report").count() == 0


def test_undoing_an_interruption_erases_its_cause_except_in_the_journal() -> None:
    mission = mission_of(-5, departed_on=on(-5))
    by = officer_actor(mission.network)
    actions.interrupt(mission, by=by, on=on(-2), sunk_cost=Decimal("0.00"), **ENDING)
    assert pages.label_of_undo_return(by, mission) == "Retirer l’interruption notée"
    actions.undo_return(mission, by=by, reason="Elle est restée.")
    mission.refresh_from_db()
    assert (mission.state, mission.cause, mission.cause_note) == ("away", "", "")
    assert mission.sunk_cost is None
    assert Entry.objects.about(mission).last().details == {
        "returned_on": on(-2).isoformat(),
        "ended_on": on(0).isoformat(),
        "cause": "SANTE",
        "cause_note": "Fièvre.",
        "sunk_cost": "0.00",
    }


def begin(mission: Mission) -> None:
    report = Report.objects.get(mission=mission)
    reports.write(report, by=expert_actor(mission.expert), changes={"done": "Jour 1."})


def recommend(mission: Mission) -> None:
    by = expert_actor(mission.expert)
    reports.recommend(mission, by=by, text="Le carnet.", owner="Comité", due=on(60))


def evaluate(mission: Mission) -> None:
    marks = {"objectives_met": 4, "usefulness": 5, "cooperation": 3, "comment": ""}
    reports.evaluate(
        mission, by=Actor(name="Hanta", role="partenaire"), voice="partenaire", **marks
    )


def write_sheet(mission: Mission) -> None:
    sheets.write_from_file(mission.need.project, by=officer_actor(mission.network))


BEGUN = "Le compte rendu est déjà commencé."
BUILT: dict[Callable[[Mission], None], str] = {
    begin: BEGUN,
    recommend: BEGUN,
    evaluate: "La mission est déjà évaluée.",
    write_sheet: "La fiche du projet a été écrite depuis : elle dit déjà ce jour.",
}


@pytest.mark.parametrize("build", BUILT, ids=lambda each: each.__name__)
def test_a_recorded_return_that_later_steps_depend_on_cannot_be_undone(
    build: Callable[[Mission], None],
) -> None:
    mission = mission_of(-5, departed_on=on(-5))
    by = officer_actor(mission.network)
    actions.come_back(mission, by=by, on=on(0))
    reports.open_report(mission)
    assert rules_to_undo(mission) == []
    build(mission)
    assert rules_to_undo(mission) == [BUILT[build]]
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.undo_return(mission, by=by, reason="Erreur.")
    assert refusal.value.reasons == (BUILT[build],)
    mission.refresh_from_db()
    assert (mission.state, mission.returned_on) == ("returned", on(0))


def test_a_return_cannot_be_undone_once_its_certificate_is_issued(
    settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    mission = mission_of(-5, departed_on=on(-5))
    by = officer_actor(mission.network)
    actions.come_back(mission, by=by, on=on(0))
    report = reports.open_report(mission)
    Report.objects.update(state="submitted")
    report.refresh_from_db()
    reports.accept(report, by=by)
    assert rules_to_undo(mission) == ["L’attestation est émise : elle dit ces jours."]


def test_a_departure_stated_on_a_project_sheet_cannot_be_undone() -> None:
    mission = prepared(state="cleared")
    by = officer_actor(mission.network)
    write_sheet(mission)
    actions.depart(mission, by=by, on=on(0))
    assert pages.blockers_of_undo_departure(by, mission) == []
    write_sheet(mission)
    assert pages.blockers_of_undo_departure(by, mission) == [BUILT[write_sheet]]
    with pytest.raises(ActionNotAllowed, match="La fiche du projet a été écrite depuis"):
        actions.undo_departure(mission, by=by, reason="Erreur.")


def fields_of(client: Client, url: str) -> dict[str, Any]:
    """Return the form data of a page, as a browser would submit it."""
    page = html.fromstring(client.get(url).content.decode())
    form = [each for each in page.iter("form") if each.get("method") == "post"][-1]
    return {name: value for name, value in form.fields.items() if value is not None}


@pytest.mark.parametrize(
    ("slug", "state", "leaves_in", "asked", "help_text"),
    [
        ("depart", "cleared", -1, 0, "Entre le {first} et le {today}."),
        ("depart", "cleared", -20, -11, "Entre le {first} et le {end}."),
        ("retour", "away", -5, 0, "Entre le {start} et aujourd’hui."),
        ("interrompre", "away", -5, 0, "Entre le {start} et aujourd’hui."),
    ],
)
def test_the_travel_pages_propose_today_and_state_the_allowed_days(
    slug: str, state: str, leaves_in: int, asked: int, help_text: str, session_of: Session
) -> None:
    mission = mission_of(leaves_in, state)
    advise(mission, days=leaves_in - 5)
    actor = officer_actor(mission.network)
    client, url = session_of(actor), f"{url_of(actor, mission)}{slug}/"
    assert fields_of(client, url)["on"] == on(asked).isoformat()
    expected = help_text.format(
        first=f"{on(leaves_in - 2):%d/%m/%Y}",
        start=f"{mission.start:%d/%m/%Y}",
        end=f"{mission.end:%d/%m/%Y}",
        today=f"{timezone.localdate():%d/%m/%Y}",
    )
    assert expected in client.get(url).content.decode()


def test_a_travel_day_in_the_future_is_refused_with_a_reason_and_the_input_is_kept(
    session_of: Session,
) -> None:
    mission = mission_of(-5)
    actor = officer_actor(mission.network)
    client, url = session_of(actor), f"{url_of(actor, mission)}retour/"
    response = client.post(url, {**fields_of(client, url), "on": on(3).isoformat()})
    assert response.status_code == 409
    assert response.context["form"].non_field_errors() == [
        "Ce jour est à venir : donnez un jour passé, ou aujourd’hui."
    ]
    assert on(3).isoformat() in response.content.decode()
    empty = client.post(url, {**fields_of(client, url), "on": ""})
    assert (empty.status_code, [*empty.context["form"].errors]) == (422, ["on"])


def test_the_return_of_a_mission_is_recorded_on_the_day_typed_on_the_page(
    session_of: Session,
) -> None:
    mission = mission_of(-5)
    actor = expert_actor(mission.expert)
    client, url = session_of(actor), f"{url_of(actor, mission)}retour/"
    data = {**fields_of(client, url), "on": on(-1).isoformat()}
    assert client.post(url, data).status_code == 302
    mission.refresh_from_db()
    assert (mission.state, mission.returned_on) == ("returned", on(-1))
    page = client.get(url_of(actor, mission)).content.decode()
    assert ("De retour le" in page, f"{on(-1):%d/%m/%Y}" in page) == (True, True)


@pytest.mark.parametrize(
    ("slug", "state", "sentence"),
    [
        ("depart", "cleared", "Le réseau peut retirer un départ noté par erreur, avec un motif"),
        ("retour", "away", "Le réseau peut retirer un retour noté par erreur, avec un motif"),
        ("interrompre", "away", "Vous pouvez retirer une interruption notée par erreur"),
    ],
)
def test_the_travel_confirmation_pages_say_how_to_undo(
    slug: str, state: str, sentence: str, session_of: Session
) -> None:
    mission = mission_of(0, state)
    actor = officer_actor(mission.network)
    page = session_of(actor).get(f"{url_of(actor, mission)}{slug}/").content.decode()
    assert sentence in page


def test_only_the_network_can_undo_a_departure_or_return_and_must_give_a_reason(
    session_of: Session,
) -> None:
    mission = mission_of(-5, "returned", departed_on=on(-5), returned_on=on(-1))
    actor, expert = officer_actor(mission.network), expert_actor(mission.expert)
    client, url = session_of(actor), f"{url_of(actor, mission)}retirer-le-retour/"
    data = fields_of(client, url)
    assert client.post(url, data).status_code == 422
    assert client.post(url, {**data, "reason": "Mauvais dossier."}).status_code == 302
    mission.refresh_from_db()
    assert (mission.state, mission.returned_on) == ("away", None)
    own = f"{url_of(expert, mission)}retirer-le-depart/"
    assert session_of(expert).get(own).status_code == 404


def test_recording_a_departure_is_refused_as_soon_as_a_party_withdraws() -> None:
    mission = prepared(leaves_in=0, state="cleared")
    Proposal.objects.filter(pk=mission.release.proposal_id).update(state="lost")
    with pytest.raises(ActionNotAllowed, match="Le départ n’est plus accordé"):
        actions.depart(mission, by=expert_actor(mission.expert), on=on(0))
    mission.refresh_from_db()
    assert mission.state == "cleared"
