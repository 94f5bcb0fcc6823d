"""The envelopes of a call, and what its committee and its missions already count on."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from explor.ground.audit.models import Entry
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.budgets import actions as budgets
from explor.journey.calls import actions as calls
from explor.journey.calls.models import Call, Envelope
from explor.journey.decisions.models import Decision
from explor.journey.missions.models import Mission
from explor.journey.needs.models import Need
from factories import (
    DecisionFactory,
    FunderFactory,
    MissionFactory,
    NeedFactory,
    officer_actor,
    wearing,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def envelope(settings: Any) -> Envelope:
    """Return an envelope of 12,000 € of a call on which 9,000 € were granted."""
    settings.EXPLOR_DEMO = True
    need = NeedFactory(state="admissible")
    DecisionFactory(need=need, state="announced", verdict="favourable", amount=Decimal(9000))
    return Envelope.objects.create(
        call=need.call, funder=FunderFactory(name="Fonjep"), amount=Decimal(12_000)
    )


def change(envelope: Envelope, amount: int, **given: Any) -> Envelope:
    by = officer_actor(envelope.call.network)
    former = Envelope.objects.get(pk=envelope.pk).amount
    return calls.change_envelope(envelope, by=by, amount=Decimal(amount), former=former, **given)


def mission_of(envelope: Envelope) -> Mission:
    """Return a mission of the call of an envelope, for which nothing was granted."""
    mission: Mission = MissionFactory(network=envelope.call.network)
    Decision.objects.filter(need=mission.need_id).delete()
    Need.objects.filter(pk=mission.need_id).update(call=envelope.call)
    return mission


def page_of(envelope: Envelope) -> tuple[Client, str]:
    by = officer_actor(envelope.call.network)
    return wearing(by), f"/reseau/{by.key}/appels/enveloppes/{envelope.pk}/"


def test_an_envelope_is_not_cut_below_what_the_committee_granted(envelope: Envelope) -> None:
    with pytest.raises(ActionNotAllowed, match="Le comité a accordé 9\xa0000 €") as refusal:
        change(envelope, 8_999)
    assert "8\xa0999 €" in str(refusal.value)
    assert Envelope.objects.get().amount == 12_000
    change(envelope, 9_000)
    assert Envelope.objects.get().amount == 9_000


def test_the_envelopes_of_a_call_hold_together_what_the_committee_granted(
    envelope: Envelope,
) -> None:
    Envelope.objects.create(call=envelope.call, funder=FunderFactory(), amount=Decimal(5000))
    change(envelope, 4_000)
    with pytest.raises(ActionNotAllowed, match="8\xa0999 €"):
        change(envelope, 3_999)


def test_an_envelope_too_small_already_may_grow(envelope: Envelope) -> None:
    Envelope.objects.update(amount=Decimal(1000))
    change(envelope, 2_000)
    assert Envelope.objects.get().amount == 2_000


def test_an_envelope_is_not_cut_below_what_missions_plan_from_its_funder(
    envelope: Envelope,
) -> None:
    mission = mission_of(envelope)
    Decision.objects.all().delete()
    by = officer_actor(mission.network)
    budgets.plan(mission, by=by, heading="TRIP", funder=envelope.funder, planned=Decimal(700))
    budgets.plan(mission, by=by, heading="TRIP", funder=FunderFactory(), planned=Decimal(400))
    with pytest.raises(ActionNotAllowed, match="prévoient 700 € de ce financeur"):
        change(envelope, 699)
    change(envelope, 700)
    Mission.objects.update(state="cancelled", cause="health")
    change(envelope, 0)
    assert Envelope.objects.get().amount == 0


def test_the_page_of_an_envelope_states_what_is_granted_and_planned_from_it(
    envelope: Envelope,
) -> None:
    mission = mission_of(envelope)
    by = officer_actor(mission.network)
    budgets.plan(mission, by=by, heading="TRIP", funder=envelope.funder, planned=Decimal(700))
    client, url = page_of(envelope)
    answer = client.get(url)
    assert answer.context["notes"] == [
        "Cette enveloppe est de 12\xa0000 €.",
        "Le comité a accordé 9\xa0000 € sur cet appel, dont les enveloppes font 12\xa0000 €.",
        "Des missions prévoient 700 € de ce financeur.",
    ]
    sent = {"idempotency_key": str(uuid4()), "former": "12000.00", "amount": "100"}
    refused = client.post(url, sent)
    assert refused.status_code == 409
    assert "Le comité a accordé 9\xa0000 €" in refused.content.decode()
    assert refused.context["form"]["amount"].value() == "100"


def test_the_page_of_an_envelope_from_which_nothing_is_promised_warns_of_nothing(
    envelope: Envelope,
) -> None:
    Decision.objects.all().delete()
    client, url = page_of(envelope)
    assert client.get(url).context["notes"] == []


def test_an_ended_call_receives_no_more_envelope(envelope: Envelope) -> None:
    Call.objects.update(state="ended")
    call = Call.objects.get()
    with pytest.raises(ActionNotAllowed, match="Cet appel est terminé"):
        calls.fund(call, by=officer_actor(call.network), funder=FunderFactory(), amount=Decimal(10))
    client, _ = page_of(envelope)
    url = f"/reseau/{call.network.slug}/appels/{call.pk}/"
    assert f"{url}enveloppe/" not in client.get(url).content.decode()
    assert client.get(f"{url}enveloppe/").context["blockers"] == [
        "Cet appel est terminé : aucune enveloppe ne s’y ajoute."
    ]


def test_the_amount_of_an_ended_call_is_put_right_with_a_reason(envelope: Envelope) -> None:
    Call.objects.update(state="ended")
    with pytest.raises(ActionNotAllowed, match="Dites pourquoi"):
        change(envelope, 11_000)
    client, url = page_of(envelope)
    form = client.get(url).context["form"]
    assert form.fields["reason"].required is True
    sent = {"idempotency_key": str(uuid4()), "former": "12000.00", "amount": "11000"}
    assert client.post(url, sent).status_code == 422
    assert client.post(url, sent | {"reason": "Faute de frappe."}).status_code == 302
    assert Envelope.objects.get().amount == 11_000
    assert Entry.objects.get(verb="change_envelope").reason == "Faute de frappe."


def test_the_envelope_of_a_call_taken_over_is_recorded_although_the_call_is_ended(
    envelope: Envelope,
) -> None:
    Call.objects.update(state="ended", of_taken_over=True)
    call = Call.objects.get()
    calls.fund(call, by=officer_actor(call.network), funder=FunderFactory(), amount=Decimal(10))
    assert call.envelopes.count() == 2
