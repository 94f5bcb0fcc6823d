"""A call closed earlier than announced, or opened again: those who prepare a need are told."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.ground.http.actor import SYSTEM
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from explor.journey.calls import actions, pages
from explor.journey.calls.models import Call
from factories import CallFactory, MemberFactory, NeedFactory, NetworkFactory, officer_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Any:
    """Return an open call on which one need is prepared, and another one filed."""
    made = CallFactory(state="open", presentation="Pour tous.")
    for state in ("draft", "admissible"):
        need = NeedFactory(network=made.network, call=made, state=state)
        MemberFactory(organisation=need.association, person__email=f"{state}@rives.test")
    return made


def messages() -> list[tuple[str, str]]:
    rows = Message.objects.filter(kind="admissibility.terms_changed").order_by("pk")
    return [(row.to, row.body.split("\n- ")[1].split("\n")[0]) for row in rows]


def test_an_officer_who_closes_a_call_early_tells_those_who_prepare_a_need(call: Any) -> None:
    by = officer_actor(call.network)
    notified = pages.effects_of_close(by, call).notified
    assert [each.who for each in notified] == ["Les associations qui préparent un besoin"]
    actions.close_call(call, by=by)
    assert messages() == [
        ("draft@rives.test", "Le dépôt est clos dès maintenant, avant la date annoncée.")
    ]


def test_a_call_without_closing_date_that_closes_tells_those_who_prepare_a_need(call: Any) -> None:
    Call.objects.update(rolling=True, closes_at=None)
    call.refresh_from_db()
    actions.close_call(call, by=officer_actor(call.network))
    assert messages() == [("draft@rives.test", "Le dépôt est clos dès maintenant.")]


def test_a_call_that_closes_on_its_day_says_nothing_more(call: Any) -> None:
    Call.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    call.refresh_from_db()
    assert pages.effects_of_close(officer_actor(call.network), call).notified == []
    actions.close_call(call, by=SYSTEM)
    assert messages() == []


def test_a_call_opened_again_tells_those_who_prepare_a_need_until_when(call: Any) -> None:
    by = officer_actor(call.network)
    Call.objects.update(state="closed", closes_at=timezone.now() - timedelta(days=3))
    call.refresh_from_db()
    later = timezone.localtime(timezone.now() + timedelta(days=9))
    actions.set_call(call, by=by, changes={"closes_at": later})
    assert messages() == []
    notified = pages.effects_of_open(by, call).notified
    assert [each.who for each in notified] == ["Les associations qui préparent un besoin"]
    actions.open_call(call, by=by)
    [(address, sentence)] = messages()
    assert address == "draft@rives.test"
    assert sentence.startswith("Le dépôt est rouvert, jusqu’au ")
    assert sentence.endswith(f"à {later:%H:%M} (heure de Paris).")


@pytest.mark.parametrize("state", ["open", "closed"])
def test_the_opening_of_a_call_that_received_needs_is_not_postponed(state: str, call: Any) -> None:
    """A need filed before the new opening would be outside the dates of its call."""
    Call.objects.update(state=state)
    call.refresh_from_db()
    now = timezone.now()
    later = {"opens_at": now + timedelta(days=2), "closes_at": now + timedelta(days=9)}
    with pytest.raises(ActionNotAllowed, match="ne se repousse plus"):
        actions.set_call(call, by=officer_actor(call.network), changes=later)


def test_a_shared_call_whose_lead_network_left_changes_in_the_network_that_follows_it(
    call: Any,
) -> None:
    follower = CallFactory(network=NetworkFactory(), lead=call, state="open")
    by = officer_actor(follower.network)
    later = {"closes_at": timezone.now() + timedelta(days=40)}
    with pytest.raises(ActionNotAllowed, match="ses règles se changent chez"):
        actions.set_call(follower, by=by, changes=later)
    Network.objects.filter(pk=call.network_id).update(in_explor=False)
    follower = Call.objects.select_related("lead__network").get(pk=follower.pk)
    assert actions.set_call(follower, by=by, changes=later).closes_at == later["closes_at"]


def test_a_call_opened_for_the_first_time_tells_nobody(call: Any) -> None:
    Call.objects.update(state="draft")
    call.refresh_from_db()
    actions.open_call(call, by=officer_actor(call.network))
    assert messages() == []
