"""Appeals against a decision: one at most, before the deadline, answered by the network."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from explor.journey.committees import actions as committees
from explor.journey.committees.selectors import bylaws_of
from explor.journey.decisions import actions as decisions
from explor.journey.decisions.models import Appeal, Decision
from explor.journey.decisions.states import APPEAL, AppealState
from factories import (
    AppealFactory,
    AssociationFactory,
    MemberFactory,
    NetworkFactory,
    association_actor,
    committee_actor,
    officer_actor,
    wearing,
)

SLUGS = {"grant": "accepter", "uphold": "maintenir"}
TEXT = "Le partenaire a confirmé les dates depuis."


@pytest.fixture
def refused(committee: Any) -> Decision:
    """Return an unfavourable decision, announced, on a need whose association has a member."""
    MemberFactory(organisation=committee.needs[0].association)
    Decision.objects.filter(need=committee.needs[0]).update(
        state="announced", verdict="unfavourable", letter="Trop tôt.",
        decided_at=timezone.now(), announced_at=timezone.now(),
    )  # fmt: skip
    return committee.decision()


def page_of(decision: Decision) -> str:
    need = decision.need
    return f"/association/{need.association.slug}/reexamens/{need.pk}/"


@pytest.mark.parametrize(
    ("state", "verdict", "status"),
    [
        ("to_decide", "", 404),
        ("decided", "unfavourable", 404),
        ("announced", "unfavourable", 302),
        ("announced", "deferred", 302),
        ("announced", "waiting", 302),
        ("announced", "favourable", 403),
        ("announced", "reserved", 403),
    ],
)
def test_only_an_announced_decision_that_is_not_favourable_can_be_appealed(
    state: str, verdict: str, status: int, refused: Decision
) -> None:
    Decision.objects.filter(pk=refused.pk).update(state=state, verdict=verdict)
    browser = wearing(association_actor(refused.need.association))
    assert browser.post(page_of(refused), {"text": TEXT}).status_code == status
    assert Appeal.objects.count() == (status == 302)


def test_the_appeal_page_is_not_found_for_another_association(refused: Decision) -> None:
    other = AssociationFactory()
    url = f"/association/{other.slug}/reexamens/{refused.need_id}/"
    assert wearing(association_actor(other)).get(url).status_code == 404


def test_a_second_appeal_against_one_decision_is_refused(refused: Decision) -> None:
    browser = wearing(association_actor(refused.need.association))
    assert browser.post(page_of(refused), {"text": TEXT}).status_code == 302
    again = browser.post(page_of(refused), {"text": "Encore."})
    assert again.status_code == 409
    page = again.content.decode()
    assert "déjà été demandé" in page and "Encore." in page


@pytest.fixture
def october() -> Iterator[time_machine.Traveller]:
    # 23:00 in Paris, in the last week of summer time.
    clock = time_machine.travel(datetime(2026, 10, 20, 21, tzinfo=UTC), tick=False)
    yield clock.start()
    clock.stop()


@pytest.mark.parametrize(
    ("moment", "in_time"),
    [
        (datetime(2026, 11, 19, 22, 59, 58, tzinfo=UTC), True),  # 23:59 in Paris, in winter time
        (datetime(2026, 11, 19, 23, 0, 0, tzinfo=UTC), False),
    ],
)
def test_the_appeal_deadline_is_the_end_of_the_thirtieth_day_in_paris(
    moment: datetime, in_time: bool, october: time_machine.Traveller, refused: Decision
) -> None:
    october.move_to(moment)
    by = association_actor(refused.need.association)
    if in_time:
        decisions.request_review(refused, by=by, text=TEXT)
    else:
        with pytest.raises(
            ActionNotAllowed, match="Le délai est passé : il courait jusqu’au 19/11/2026"
        ):
            decisions.request_review(refused, by=by, text=TEXT)


@pytest.mark.parametrize("role", ["own", "other", "chair", "association"])
@pytest.mark.parametrize("verb", SLUGS)
@pytest.mark.parametrize("state", AppealState.values)
def test_only_the_network_of_the_need_answers_a_pending_appeal(
    state: str, verb: str, role: str, committee: Any, refused: Decision
) -> None:
    appeal = AppealFactory(need=refused.need, state=state)
    actor = {
        "own": lambda: officer_actor(committee.call.network),
        "other": lambda: officer_actor(NetworkFactory()),
        "chair": lambda: committee_actor(committee.chair),
        "association": lambda: association_actor(refused.need.association),
    }[role]()
    slug = actor.key if role == "other" else committee.call.network.slug
    url = f"/reseau/{slug}/reexamens/{refused.need_id}/{SLUGS[verb]}/"
    answer = wearing(actor).post(url, {"version": appeal.version, "reason": "Nous avons relu."})
    allowed = role == "own" and APPEAL.allows(state, verb, "reseau")
    assert answer.status_code == (302 if allowed else 409 if role == "own" else 404)
    now = Appeal.objects.get(pk=appeal.pk)
    assert now.state == (APPEAL.transition(state, verb).target if allowed else state)
    back = Decision.objects.get(pk=refused.pk).state == "to_decide"
    assert back == (allowed and verb == "grant")


def test_upholding_a_decision_requires_a_reason_that_is_sent_to_the_association(
    committee: Any, refused: Decision
) -> None:
    appeal = AppealFactory(need=refused.need)
    officer = officer_actor(committee.call.network)
    url = f"/reseau/{committee.call.network.slug}/reexamens/{refused.need_id}/maintenir/"
    browser = wearing(officer)
    blank = browser.post(url, {"version": appeal.version, "reason": " "})
    assert blank.status_code == 422
    browser.post(url, {"version": appeal.version, "reason": "Les dates restent trop proches."})
    letter = Message.objects.get(kind="decisions.uphold")
    assert "Les dates restent trop proches." in letter.body
    page = wearing(association_actor(refused.need.association)).get(
        f"/association/{refused.need.association.slug}/besoins/{refused.need_id}/"
    )
    assert "Les dates restent trop proches." in page.content.decode()


def test_an_appeal_is_refused_after_an_earlier_appeal_was_granted(
    committee: Any, refused: Decision
) -> None:
    by = officer_actor(committee.call.network)
    decisions.grant(AppealFactory(need=refused.need), by=by, reason="Nous relisons.")
    later = timezone.now() + timedelta(hours=1)
    Decision.objects.filter(pk=refused.pk).update(
        state="announced", verdict="deferred", announced_at=later
    )
    browser = wearing(association_actor(refused.need.association))
    assert browser.post(page_of(refused), {"text": "Encore."}).status_code == 409
    assert Appeal.objects.count() == 1


@pytest.mark.parametrize("later", [5, 60])
def test_bylaws_changed_after_the_letter_do_not_shorten_the_time_to_appeal(
    later: int, committee: Any, october: time_machine.Traveller
) -> None:
    decision = committee.decision()
    Decision.objects.filter(pk=decision.pk).update(
        state="decided", verdict="unfavourable", letter="Trop tôt."
    )
    MemberFactory(organisation=decision.need.association)
    decision.refresh_from_db()
    decisions.announce(decision, by=officer_actor(committee.call.network))
    assert "jusqu’au 19 novembre 2026" in Message.objects.get(kind="decisions.announce").body
    committees.set_bylaws(
        bylaws_of(committee.call),
        by=officer_actor(committee.call.network),
        changes={"appeal_days": later},
    )
    october.shift(timedelta(days=29))
    by = association_actor(decision.need.association)
    assert decisions.request_review(decision, by=by, text=TEXT).state == "pending"
