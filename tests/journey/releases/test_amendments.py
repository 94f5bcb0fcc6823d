"""An agreement states true facts: when one changes, an amendment replaces it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db.models import F
from django.test import Client
from django.utils import timezone

from explor.ground.files.actions import Drawn
from explor.ground.files.models import Seal
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.ground.mail.models import Message
from explor.journey.missions import actions as missions
from explor.journey.missions import rules as mission_rules
from explor.journey.missions.models import Mission
from explor.journey.releases import actions, engine, rules, tasks
from explor.journey.releases.actions import agreements
from explor.journey.releases.models import Release
from explor.journey.releases.pages import url_of
from factories import (
    ReleaseFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db
Session = Callable[[Actor], Client]
SCHEME = "CP"


def people(release: Release) -> dict[str, Actor]:
    proposal = release.proposal
    return {
        "association": association_actor(proposal.need.association),
        "expert": expert_actor(proposal.expert),
        "employeur": employer_actor(release.employer),
    }


def officer(release: Release) -> Actor:
    return officer_actor(release.proposal.need.network)


def sign_all(release: Release) -> None:
    reading = engine.reading_of(release, release.scheme, timezone.localdate())
    if rules.unconfirmed(release, reading):
        actions.confirm_scheme(release, by=officer(release))
    for party, by in people(release).items():
        actions.sign(release, by=by, party=party)


@pytest.fixture
def mission() -> Mission:
    """Return a mission in preparation whose agreement all parties have signed."""
    release = ReleaseFactory()
    actions.approve(release, by=people(release)["employeur"], scheme=SCHEME)
    sign_all(release)
    made = missions.open_mission(release)
    missions.note_agreement(release)
    return made


def postpone(mission: Mission, days: int = 40) -> Release:
    """Postpone a mission by `days` days, and return its release reloaded."""
    missions.postpone(
        Mission.objects.get(pk=mission.pk),
        by=officer(mission.release),
        start=mission.start + timedelta(days=days),
        end=mission.end + timedelta(days=days),
        reason="Le partenaire n’est pas là.",
    )
    return again(mission.release)


def again(release: Release) -> Release:
    return Release.objects.select_related("agreement__document").get(pk=release.pk)


def test_a_signed_agreement_states_the_facts_of_its_mission(mission: Mission) -> None:
    release = again(mission.release)
    assert release.state == "agreed"
    assert release.agreement.facts == rules.stated_facts(release)
    assert release.agreement.digest == rules.digest_of(rules.stated_facts(release))
    assert rules.contradicted(release) == []


def test_postponing_a_mission_replaces_its_signed_agreement_at_once(mission: Mission) -> None:
    signed = again(mission.release).agreement
    release = postpone(mission)
    signed.refresh_from_db()
    assert (release.state, release.agreement, release.current_signatures) == ("approved", None, [])
    assert signed.replaced_at is not None
    seal = Seal.objects.get(document=signed.document)
    assert seal.revoked_for == "Remplacée par un avenant."
    item = mission.checklist.get(code="agreement")
    assert item.done_at is None


def test_the_verification_page_of_a_replaced_agreement_no_longer_says_it_is_valid(
    mission: Mission, client: Client
) -> None:
    code = again(mission.release).agreement.document.seal.code
    assert "valable" in client.get(f"/verifier/{code}/").content.decode()
    postpone(mission)
    page = client.get(f"/verifier/{code}/").content.decode()
    assert "toujours valable" not in page
    assert "Remplacée par un avenant" in page


def test_an_amendment_states_the_new_dates_and_asks_every_party_to_sign_again(
    mission: Mission,
) -> None:
    release = postpone(mission)
    actions.draw_amendment(release)
    actions.draw_amendment(again(release))
    release = again(release)
    assert [each.rank for each in release.agreements.all()] == [0, 1]
    assert (release.agreement.title, rules.contradicted(release)) == ("Avenant n° 1", [])
    assert release.agreement.number == f"{release.agreement_number}-A1"
    assert rules.unsigned(release) == ["association", "expert", "employeur"]
    told = Message.objects.filter(subject=f"Avenant à signer : {release.proposal.need.title}")
    assert {each.to for each in told} >= {by.email for by in people(release).values()}


def test_an_amendment_generated_while_its_release_changed_is_generated_again(
    mission: Mission, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = postpone(mission)
    real = agreements.draw_paper

    def changed_meanwhile(row: Release, scheme: str) -> Drawn:
        Release.objects.filter(pk=row.pk).update(version=F("version") + 1)
        return real(row, scheme)

    monkeypatch.setattr(agreements, "draw_paper", changed_meanwhile)
    with pytest.raises(EditConflict):
        tasks.draw_amendment(release.pk)
    assert again(release).agreement is None
    assert tasks.draw_amendment.retry_strategy is not None
    monkeypatch.setattr(agreements, "draw_paper", real)
    tasks.draw_amendment(release.pk)
    assert again(release).agreement.title == "Avenant n° 1"


def test_the_nightly_job_generates_an_amendment_that_no_job_generated(mission: Mission) -> None:
    release = postpone(mission)
    assert actions.draw_missing_amendments() == 1
    assert again(release).agreement.title == "Avenant n° 1"
    assert actions.draw_missing_amendments() == 0


def test_an_error_on_one_release_does_not_stop_the_amendments_of_other_releases(
    mission: Mission, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, real = ReleaseFactory(state="approved", scheme=SCHEME), agreements.draw_paper
    release = postpone(mission)

    def draw_paper(row: Release, scheme: str) -> Drawn:
        if row.pk == broken.pk:
            raise ValueError("no paper")
        return real(row, scheme)

    monkeypatch.setattr(agreements, "draw_paper", draw_paper)
    with pytest.raises(ExceptionGroup, match="draw_missing_amendments"):
        actions.draw_missing_amendments()
    assert again(release).agreement.title == "Avenant n° 1"


def test_the_verification_page_of_an_agreement_links_to_its_amendment_once_generated(
    mission: Mission, client: Client
) -> None:
    signed = again(mission.release).agreement
    release = postpone(mission)
    assert Seal.objects.get(document=signed.document).replaced_by is None
    actions.draw_amendment(release)
    amendment = again(release).agreement.document.seal
    assert Seal.objects.get(document=signed.document).replaced_by == amendment
    page = client.get(f"/verifier/{signed.document.seal.code}/").content.decode()
    assert f'href="/verifier/{amendment.code}/"' in page
    assert "toujours valable" not in page


def test_a_postponed_mission_cannot_be_cleared_before_the_amendment_is_signed(
    mission: Mission,
) -> None:
    release = postpone(mission)
    unsigned = "La convention n’est pas signée par toutes les parties."
    assert unsigned in mission_rules.unready(
        Mission.objects.get(pk=mission.pk), timezone.localdate()
    )
    with pytest.raises(ActionNotAllowed, match="La convention n’est pas encore établie"):
        by = people(release)["expert"]
        actions.sign(release, by=by, party="expert")
    actions.draw_amendment(again(release))
    sign_all(again(release))
    assert unsigned not in mission_rules.unready(
        Mission.objects.get(pk=mission.pk), timezone.localdate()
    )


def test_new_dates_that_close_the_leave_scheme_are_requested_from_the_employer_again(
    mission: Mission,
) -> None:
    employer = mission.release.employer
    Release.objects.filter(pk=mission.release_id).update(scheme="MCP")
    employer.schemes = ["CP"]
    employer.save()
    release = postpone(mission)
    assert (release.state, release.scheme, release.decided_at) == ("asked", "", None)
    assert (release.confirmed_by, release.confirmed_questions) == ("", [])
    subject = f"Accord de l’employeur à redonner : {release.proposal.expert.person.name}"
    told = Message.objects.get(subject=subject, to=people(release)["employeur"].email)
    assert "dans un autre cadre" in told.body
    assert (
        "Le partenaire n’est pas là" not in told.body
    )  # the reason may reveal the health of a person
    actions.approve(release, by=people(release)["employeur"], scheme="CP")
    assert again(release).agreement.title == "Avenant n° 1"


def test_a_mission_postponed_while_the_employer_answers_asks_for_its_new_dates(
    mission: Mission,
) -> None:
    Release.objects.filter(pk=mission.release_id).update(state="asked", scheme="", agreement=None)
    release = postpone(mission)
    assert release.state == "asked"
    told = Message.objects.filter(kind="releases.request_again")
    assert told.filter(to=people(release)["employeur"].email).exists()


def test_an_agreement_that_states_former_dates_blocks_the_clearance_of_the_mission(
    mission: Mission,
) -> None:
    proposal = mission.release.proposal
    type(proposal).objects.filter(pk=proposal.pk).update(end=proposal.end + timedelta(days=1))
    release = again(mission.release)
    assert rules.contradicted(release) == ["La convention ne dit plus : le dernier jour."]
    fresh = Mission.objects.get(pk=mission.pk)
    assert "La convention ne dit plus : le dernier jour." in mission_rules.unready(
        fresh, timezone.localdate()
    )


@pytest.mark.parametrize("verb", ["cancel", "go_remote"])
def test_cancelling_a_mission_or_going_remote_invalidates_its_agreement(
    mission: Mission, verb: str
) -> None:
    code = again(mission.release).agreement.document.seal.code
    end: Any = getattr(missions, verb)
    end(mission, by=officer(mission.release), cause="ZONE", reason="Zone fermée.", sunk_cost=None)
    assert Seal.objects.get(code=code).revoked_at is not None
    assert again(mission.release).agreement is None


def test_the_withdrawal_of_the_expert_invalidates_the_agreement(mission: Mission) -> None:
    code = again(mission.release).agreement.document.seal.code
    actions.end(again(mission.release), by=officer(mission.release), reason="Désistement.")
    assert Seal.objects.get(code=code).revoked_for == "La mission n’aura pas lieu."


def test_the_page_of_a_release_lists_its_replaced_agreements(
    mission: Mission, session_of: Session
) -> None:
    release = postpone(mission)
    actions.draw_amendment(again(release))
    actor = people(release)["employeur"]
    page = session_of(actor).get(url_of(actor, release)).content.decode()
    assert "Lire : Avenant n° 1 (PDF)" in page
    assert "ne vaut plus depuis le" in page


def test_undoing_an_interruption_generates_the_agreement_again(mission: Mission) -> None:
    Mission.objects.filter(pk=mission.pk).update(state="away", departed_on=mission.start)
    fresh = Mission.objects.get(pk=mission.pk)
    with time_machine.travel(mission.start + timedelta(days=2)):
        by = officer(mission.release)
        missions.interrupt(
            fresh,
            by=by,
            on=mission.start + timedelta(days=1),
            cause="SANTE",
            reason="Fièvre.",
            sunk_cost=None,
        )
        assert again(mission.release).agreement is None
        missions.undo_return(fresh, by=by, reason="Erreur de mission.")
        release = again(mission.release)
        assert (release.state, release.agreement) == ("approved", None)
        actions.draw_amendment(release)
    assert again(release).agreement.title == "Avenant n° 1"


@pytest.mark.parametrize("verb", ["postpone", "cancel", "go_remote", "end"])
def test_the_verification_page_of_an_agreement_never_shows_the_reason_of_the_officer(
    mission: Mission, verb: str, client: Client
) -> None:
    code = again(mission.release).agreement.document.seal.code
    by, words = officer(mission.release), "Paludisme de Camille"
    acts: dict[str, Callable[[], Any]] = {
        "postpone": lambda: missions.postpone(
            mission,
            by=by,
            start=mission.start + timedelta(days=40),
            end=mission.end + timedelta(days=40),
            reason=words,
        ),
        "cancel": lambda: missions.cancel(mission, by=by, cause="SANTE", reason=words),
        "go_remote": lambda: missions.go_remote(mission, by=by, cause="SANTE", reason=words),
        "end": lambda: actions.end(again(mission.release), by=by, reason=words),
    }
    acts[verb]()
    page = client.get(f"/verifier/{code}/").content.decode()
    assert Seal.objects.get(code=code).revoked_at is not None
    assert words not in page


def cancelled(mission: Mission) -> None:
    by = officer(mission.release)
    missions.cancel(Mission.objects.get(pk=mission.pk), by=by, cause="ZONE", reason="Pluies.")


MEANWHILE: dict[str, tuple[Callable[[Mission], Any], list[int], str]] = {
    "the release ended": (
        lambda made: actions.end(again(made.release), by=officer(made.release), reason="Non."),
        [0],
        "ended",
    ),
    "another job drew it": (
        lambda made: actions.draw_amendment(again(made.release)),
        [0, 1],
        "approved",
    ),
    "the mission was cancelled": (cancelled, [0], "approved"),
}


@pytest.mark.parametrize("what", MEANWHILE)
def test_an_amendment_no_longer_needed_once_its_pdf_is_generated_is_not_kept(
    mission: Mission, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    release = postpone(mission)
    change, ranks, state = MEANWHILE[what]
    real = agreements.draw_paper

    def changed_meanwhile(row: Release, scheme: str) -> Drawn:
        monkeypatch.setattr(agreements, "draw_paper", real)
        drawn = real(row, scheme)
        change(mission)
        return drawn

    monkeypatch.setattr(agreements, "draw_paper", changed_meanwhile)
    actions.draw_amendment(release)
    kept = [each.rank for each in release.agreements.order_by("rank")]
    assert (kept, again(release).state) == (ranks, state)


@pytest.mark.parametrize("verb", ["cancel", "go_remote"])
def test_no_amendment_is_generated_for_a_mission_that_ended_after_being_postponed(
    mission: Mission, verb: str
) -> None:
    release = postpone(mission)
    end: Any = getattr(missions, verb)
    fresh = Mission.objects.get(pk=mission.pk)
    end(fresh, by=officer(release), cause="ZONE", reason="Zone fermée.", sunk_cost=None)
    assert again(release).state == "approved"
    actions.draw_amendment(again(release))
    assert again(release).agreement is None
    assert rules.missing_to_amend(again(release)) == ["La mission n’a plus lieu comme convenu."]
