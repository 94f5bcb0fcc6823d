"""Actions on missions: open, prepare, clear, postpone and end."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings

from explor.actors.networks.selectors import addresses_of
from explor.ground.audit.models import Entry
from explor.ground.http.actor import SYSTEM
from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.ground.mail.models import Message
from explor.ground.travel_advice.models import Advice
from explor.journey.missions import actions, engine, pages
from explor.journey.missions.models import Mission
from explor.journey.proposals import actions as proposals
from explor.journey.proposals import rules as proposal_rules
from explor.journey.proposals.models import Proposal
from explor.journey.releases.models import Release
from factories import ReleaseFactory, expert_actor, officer_actor
from support.missions import advise, item_of, on, prepared, undo

pytestmark = pytest.mark.django_db


def parties(mission: Mission) -> set[str]:
    """Return the email addresses of the expert and network, the only parties with one here."""
    return {mission.expert.person.email, *addresses_of(mission.network)}


def messages(kind: str) -> list[tuple[str, bool]]:
    results = Message.objects.filter(kind=kind).order_by("to")
    return [(message.to, message.urgent) for message in results]


def test_opening_a_mission_twice_creates_one_mission_with_a_dated_checklist() -> None:
    release = ReleaseFactory(state="approved", scheme="MCP")
    mission = actions.open_mission(release)
    assert actions.open_mission(release).pk == mission.pk
    planned = {line["code"]: line for line in engine.checklist(mission.start, on(0))}
    items = {item.code: item for item in mission.checklist.all()}
    assert set(items) == set(planned)
    assert {code: item.due for code, item in items.items()} == {
        code: line["due"] for code, line in planned.items()
    }
    assert (mission.min_days, mission.max_days) == (7, 15)
    assert [entry.verb for entry in Entry.objects.about(mission)] == ["open_mission"]


def test_opening_a_mission_overlapping_another_of_the_expert_is_refused() -> None:
    first = prepared(leaves_in=30)
    release = ReleaseFactory(state="approved", scheme="MCP")
    Proposal.objects.filter(pk=release.proposal_id).update(start=on(35), end=on(44))
    Mission.objects.filter(pk=first.pk).update(expert=release.proposal.expert)
    release.proposal.refresh_from_db()
    with pytest.raises(ActionNotAllowed, match="déjà en mission à ces dates"):
        actions.open_mission(release)


def test_clearing_a_mission_sends_an_urgent_email_to_every_party() -> None:
    mission = prepared(leaves_in=20)
    actions.clear(mission, by=officer_actor(mission.network))
    assert mission.cleared_at is not None
    addresses = dict(messages("missions.clear"))
    assert parties(mission) <= set(addresses)
    assert set(addresses.values()) == {True}


def test_clearing_a_mission_with_a_missing_checklist_step_is_refused() -> None:
    mission = prepared(leaves_in=20)
    undo(mission, "visa")
    with pytest.raises(ActionNotAllowed, match="Il manque : Visa"):
        actions.clear(mission, by=officer_actor(mission.network))
    mission.refresh_from_db()
    assert (mission.state, mission.cleared_at) == ("preparing", None)


def test_unneeded_override_reasons_are_not_saved_and_a_later_red_zone_suspends_the_mission() -> (
    None
):
    mission = prepared(leaves_in=3)
    officer = officer_actor(mission.network)
    actions.clear(mission, by=officer, reason="Tout est prêt.", override_by="La direction")
    assert (mission.override, mission.override_by) == ("", "")
    advise(mission, "R")
    actions.recheck(mission, days_before=3)
    assert mission.state == "preparing"


def test_written_reasons_for_an_orange_zone_do_not_override_a_later_red_zone() -> None:
    mission = prepared(leaves_in=3)
    advise(mission, "O")
    by = officer_actor(mission.network)
    actions.clear(mission, by=by, reason="Site à l’écart.", override_by="La direction")
    assert (mission.override, mission.override_by) == ("Site à l’écart.", "")
    advise(mission, "R")
    actions.recheck(mission, days_before=3)
    assert mission.state == "preparing"


def test_red_advice_the_day_before_departure_suspends_the_mission_and_emails_its_parties() -> None:
    mission = prepared(leaves_in=1, state="cleared")
    advise(mission, "R")
    results = actions.recheck(mission, days_before=3)
    assert len(results.blockers) == 1
    last = Entry.objects.about(mission).last()
    assert (mission.state, last.verb, last.name) == ("preparing", "suspend", SYSTEM.name)
    assert "formellement déconseillée" in last.reason
    assert parties(mission) <= {to for to, urgent in messages("missions.suspend") if urgent}
    with pytest.raises(ActionNotAllowed):
        actions.depart(mission, by=expert_actor(mission.expert), on=on(0))


def test_a_second_recheck_of_a_mission_for_the_same_day_does_nothing() -> None:
    mission = prepared(leaves_in=3, state="cleared")
    assert actions.recheck(mission, days_before=3).blockers == []
    assert actions.recheck(mission, days_before=3) is None
    assert (mission.state, messages("missions.recheck")) == ("cleared", [])


def test_a_recheck_with_a_missing_checklist_step_emails_the_parties() -> None:
    mission = prepared(leaves_in=15)
    undo(mission, "tickets")
    actions.recheck(mission, days_before=15)
    assert mission.state == "preparing"
    assert parties(mission) <= {to for to, _ in messages("missions.recheck")}


def test_confirming_a_departure_is_refused_when_a_checklist_step_was_undone() -> None:
    mission = prepared(state="cleared")
    undo(mission, "insurance")
    with pytest.raises(ActionNotAllowed, match="Il manque : Attestation d’assurance"):
        actions.depart(mission, by=expert_actor(mission.expert), on=on(0))


def test_confirming_a_departure_to_an_orange_zone_requires_written_reasons() -> None:
    mission = prepared(state="cleared")
    advise(mission, "O")
    with pytest.raises(ActionNotAllowed, match="Le réseau écrit pourquoi"):
        actions.depart(mission, by=expert_actor(mission.expert), on=on(0))


def test_the_end_of_a_release_suspends_its_cleared_mission_only_once() -> None:
    mission = prepared(leaves_in=20, state="cleared")
    Release.objects.filter(pk=mission.release_id).update(state="ended")
    release = Release.objects.get(pk=mission.release_id)
    actions.follow_end(release)
    actions.follow_end(release)
    mission.refresh_from_db()
    assert mission.state == "preparing"
    assert [entry.verb for entry in Entry.objects.about(mission)] == ["suspend"]


def test_postponing_a_mission_moves_its_checklist_dates_and_keeps_completed_steps() -> None:
    mission = prepared(leaves_in=20, state="cleared")
    undo(mission, "tickets")
    actions.recheck(mission, days_before=15)
    by = officer_actor(mission.network)
    actions.postpone(mission, by=by, start=on(100), end=on(109), reason="Pluies.")
    assert (mission.state, mission.start, mission.end) == ("preparing", on(100), on(109))
    tickets, visa = item_of(mission, "tickets"), item_of(mission, "visa")
    assert tickets.due == on(100) - timedelta(days=30)
    assert (tickets.done_at is None, visa.done_at is None) == (True, False)
    assert mission.rechecks.count() == 0
    proposal = Proposal.objects.get(pk=mission.release.proposal_id)
    assert (proposal.start, proposal.end) == (on(100), on(109))


def test_postponing_a_mission_onto_another_of_the_expert_is_refused() -> None:
    first, second = prepared(leaves_in=20), prepared(leaves_in=60)
    Mission.objects.filter(pk=second.pk).update(expert=first.expert)
    by = officer_actor(first.network)
    with pytest.raises(ActionNotAllowed, match="déjà en mission à ces dates"):
        actions.postpone(first, by=by, start=on(62), end=on(71), reason="Pluies.")
    first.refresh_from_db()
    assert first.start == on(20)


@pytest.mark.parametrize(
    ("verb", "state", "end"),
    [
        ("cancel", "preparing", "cancelled"),
        ("cancel", "cleared", "cancelled"),
        ("interrupt", "away", "interrupted"),
        ("go_remote", "cleared", "remote"),
    ],
)
@pytest.mark.parametrize("cost", [None, Decimal(0), Decimal("120.50")])
def test_ending_a_mission_early_saves_its_cause_and_its_known_or_unknown_cost(
    verb: str, state: str, end: str, cost: Decimal | None
) -> None:
    mission = prepared(state=state)
    given: dict[str, Any] = {"cause": "ZONE", "reason": "Route coupée.", "sunk_cost": cost}
    if verb == "interrupt":
        given["on"] = on(0)
    getattr(actions, verb)(mission, by=officer_actor(mission.network), **given)
    mission.refresh_from_db()
    assert (mission.state, mission.cause, mission.cause_note) == (end, "ZONE", "Route coupée.")
    assert (mission.sunk_cost, mission.ended_on) == (cost, on(0))
    assert parties(mission) <= {to for to, urgent in messages(f"missions.{verb}") if urgent}


def test_the_cancel_action_refuses_a_mission_without_a_cause() -> None:
    mission = prepared()
    with pytest.raises(ActionNotAllowed, match="Indiquez la cause"):
        actions.cancel(mission, by=officer_actor(mission.network), cause="", reason="Pluies.")


def test_cancelling_a_mission_frees_its_proposal_and_ends_its_release(
    run_jobs: Callable[[], list[str]],
) -> None:
    mission = prepared(state="cleared")
    by = officer_actor(mission.network)
    actions.cancel(mission, by=by, cause="ZONE", reason="Pluies.")
    run_jobs()
    release = mission.release
    release.refresh_from_db()
    release.proposal.refresh_from_db()
    mission.refresh_from_db()
    assert (mission.state, release.state) == ("cancelled", "ended")
    assert (release.proposal.state, release.proposal.ending) == ("freed", "Pluies.")
    assert mission.need.proposals.holding().count() == 0


def test_cancelling_a_mission_whose_expert_withdrew_does_not_free_its_seat_twice(
    run_jobs: Callable[[], list[str]],
) -> None:
    mission = prepared(state="cleared")
    by, proposal = officer_actor(mission.network), mission.release.proposal
    proposals.lose(proposal, by=by, reason="Un imprévu familial.")
    run_jobs()
    mission.refresh_from_db()
    promised = pages.effects_of_outcome("cancel")(by, mission).happens
    assert [each.what for each in promised] == ["La mission est annulée."]
    actions.cancel(mission, by=by, cause="SANTE", reason="La personne ne part pas.")
    proposal.refresh_from_db()
    mission.need.refresh_from_db()
    assert (mission.state, proposal.state) == ("cancelled", "lost")
    assert mission.need.taken_seats == 0


@pytest.mark.parametrize(
    ("verb", "act"),
    [
        ("go_remote", {"cause": "VISA"}),
        ("postpone", {"start": on(30), "end": on(39), "window_agreement": "Par téléphone."}),
    ],
)
def test_a_mission_whose_expert_withdrew_can_neither_become_remote_nor_be_postponed(
    verb: str, act: dict[str, Any]
) -> None:
    mission = prepared(leaves_in=20)
    proposal = mission.release.proposal
    proposals.lose(proposal, by=expert_actor(mission.expert), reason="Un imprévu familial.")
    before = (mission.state, mission.start)
    with pytest.raises(ActionNotAllowed, match="sa place est libre"):
        run = getattr(actions, verb)
        run(mission, by=officer_actor(mission.network), reason="Pas de visa.", **act)
    mission.refresh_from_db()
    assert (mission.state, mission.start) == before
    assert not Message.objects.filter(kind=f"missions.{verb}").exists()


@pytest.mark.parametrize(
    ("state", "reasons"),
    [
        ("preparing", []),
        ("cleared", []),
        ("cancelled", []),
        (
            "away",
            ["La mission est commencée : pour l’arrêter, le réseau l’interrompt sur sa page."],
        ),
        ("returned", ["La mission a eu lieu : il n’y a plus de désistement."]),
        ("closed", ["La mission a eu lieu : il n’y a plus de désistement."]),
        ("interrupted", ["La mission a eu lieu : il n’y a plus de désistement."]),
        ("remote", ["La mission a eu lieu : il n’y a plus de désistement."]),
    ],
)
def test_an_expert_can_withdraw_only_before_the_departure(state: str, reasons: list[str]) -> None:
    mission = prepared(state=state)
    proposal = mission.release.proposal
    assert proposal_rules.missing_to_lose(proposal) == reasons
    if reasons:
        with pytest.raises(ActionNotAllowed):
            proposals.lose(proposal, by=expert_actor(mission.expert), reason="Non.")
        proposal.refresh_from_db()
        assert proposal.state == "agreed"


def test_a_mission_that_just_departed_does_not_prevent_suspending_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = (prepared(leaves_in=3, state="cleared") for _ in range(2))
    Mission.objects.update(country=first.country, place=first.place)
    import_module(settings.ROOT_URLCONF)  # the pages name this action when they are loaded
    suspend = actions.suspend

    def suspend_after_departure(mission: Mission, **act: Any) -> Mission:
        if mission.pk == first.pk:
            Mission.objects.filter(pk=first.pk).update(state="away")
        return suspend(mission, **act)

    monkeypatch.setattr(actions, "suspend", suspend_after_departure)
    advise(first, "R")
    actions.follow_reading(Advice.objects.latest("pk"))
    states = dict(Mission.objects.values_list("pk", "state"))
    assert states == {first.pk: "away", second.pk: "preparing"}


def test_postponing_a_mission_undoes_the_checklist_steps_tied_to_its_former_dates() -> None:
    mission = prepared(leaves_in=20, state="cleared")
    ticked = item_of(mission, "tickets")
    by = officer_actor(mission.network)
    actions.postpone(mission, by=by, start=on(100), end=on(109), reason="Pluies.")
    todo = set(mission.checklist.filter(done_at=None).values_list("code", flat=True))
    assert todo == {"agreement", "tickets", "insurance", "ariane"}
    with pytest.raises(EditConflict):  # a page opened before said nothing of the new days
        actions.tick(ticked, by=by, done=True, expected_version=ticked.version)


def test_the_expert_of_a_cancelled_mission_can_have_another_mission_on_the_same_days() -> None:
    first = prepared(leaves_in=30)
    actions.cancel(first, by=officer_actor(first.network), cause="ZONE", reason="Pluies.")
    again = prepared(leaves_in=30)
    Mission.objects.filter(pk=again.pk).update(expert=first.expert)
    assert Mission.objects.filter(expert=first.expert, start=on(30)).count() == 2


def test_closing_a_mission_before_its_report_is_accepted_is_refused() -> None:
    mission = prepared(state="returned")
    with pytest.raises(ActionNotAllowed, match="Le compte rendu n’est pas encore accepté"):
        actions.close(mission, by=officer_actor(mission.network))


def test_ticking_a_checklist_step_on_behalf_of_a_party_emails_that_party() -> None:
    mission = prepared()
    item = item_of(mission, "visa")
    by = officer_actor(mission.network).on_word_of(mission.name_of("expert"))
    actions.tick(item, by=by, done=True, note="Au téléphone.")
    assert item.done_by == f"{by.name} pour {mission.expert}"
    assert messages("missions.tick") == [(mission.expert.person.email, False)]


def test_a_party_that_ticks_its_own_checklist_step_receives_no_email() -> None:
    mission = prepared()
    actions.tick(item_of(mission, "visa"), by=expert_actor(mission.expert), done=True)
    assert messages("missions.tick") == []


def test_ticking_a_checklist_step_after_the_departure_is_refused() -> None:
    mission = prepared(state="away")
    with pytest.raises(ActionNotAllowed, match="La préparation de cette mission est finie"):
        actions.tick(item_of(mission, "visa"), by=expert_actor(mission.expert), done=False)


def test_cancelling_a_mission_from_a_stale_page_is_refused() -> None:
    mission = prepared(leaves_in=20)
    by, expected_version = officer_actor(mission.network), mission.version
    actions.clear(mission, by=by, expected_version=expected_version)
    with pytest.raises(EditConflict):
        actions.cancel(
            mission, by=by, cause="ZONE", reason="Trop tard.", expected_version=expected_version
        )


@pytest.mark.parametrize("state", ["asked", "refused", "ended"])
def test_no_mission_is_opened_for_a_release_that_is_not_or_no_longer_granted(state: str) -> None:
    release = ReleaseFactory(state="approved", scheme="MCP")
    Release.objects.filter(pk=release.pk).update(state=state)
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.open_mission(release)
    assert refusal.value.reasons == ("Le départ n’est plus accordé.",)
    assert not Mission.objects.exists()


@pytest.mark.parametrize(("state", "done"), [("agreed", True), ("approved", False)])
def test_the_agreement_step_of_the_checklist_is_done_only_while_every_party_has_signed(
    state: str, done: bool
) -> None:
    mission = prepared(leaves_in=20)
    undo(mission, "agreement")
    Release.objects.filter(pk=mission.release_id).update(state=state)
    actions.note_agreement(mission.release)
    assert (item_of(mission, "agreement").done_at is not None) == done
