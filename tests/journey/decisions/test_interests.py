"""An officer who acts or works for an association does not decide on its needs."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from explor.ground.accounts.models import Person
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.admissibility.rules import INTEREST
from explor.journey.decisions import actions
from explor.journey.decisions.models import Appeal, Decision
from factories import AppealFactory, MemberFactory, OfficerFactory, officer_actor, wearing

pytestmark = pytest.mark.django_db
REFUSED = {
    "state": "announced",
    "verdict": "unfavourable",
    "letter": "Trop tôt.",
    "announced_at": timezone.now(),
}


@pytest.fixture
def linked(committee: Any) -> Any:
    """Return the officer of the committee's network, also a member of the first association."""
    by = officer_actor(committee.call.network)
    need = committee.needs[0]
    MemberFactory(organisation=need.association, person=Person.objects.get(pk=by.person))
    return by


def test_an_officer_linked_to_the_association_cannot_decide_or_write_the_reasons(
    committee: Any, linked: Any
) -> None:
    decision = committee.decision()
    url = reverse("decisions:reseau_decide", args=[linked.key, decision.need_id])
    assert INTEREST in wearing(linked).get(url).content.decode()
    acts = [lambda: actions.decide(decision, by=linked, verdict="favourable", letter="Oui.")]
    acts.append(lambda: actions.write_letter(decision, by=linked, letter="Oui."))
    for act in acts:
        with pytest.raises(ActionNotAllowed, match="un autre membre du réseau"):
            act()
    decision.refresh_from_db()
    assert [decision.state, decision.verdict, decision.letter] == ["to_decide", "", ""]


@pytest.mark.parametrize("verb", ["grant", "uphold", "reconsider"])
def test_an_officer_linked_to_the_association_cannot_answer_an_appeal_or_return_the_need(
    committee: Any, linked: Any, verb: str
) -> None:
    need = committee.needs[0]
    Decision.objects.filter(need=need).update(**REFUSED)
    appeal = AppealFactory(need=need)
    subject = committee.decision() if verb == "reconsider" else appeal
    with pytest.raises(ActionNotAllowed, match="un autre membre du réseau"):
        getattr(actions, verb)(subject, by=linked, reason="Nous avons relu.")
    assert Appeal.objects.get().state == "pending"
    assert Decision.objects.get(need=need).state == "announced"


def test_an_officer_linked_to_the_association_neither_announces_nor_schedules_its_letter(
    committee: Any, linked: Any
) -> None:
    taken = {"state": "decided", "verdict": "favourable", "letter": "Oui."}
    Decision.objects.update(**taken, decided_at=timezone.now())
    own, other = (committee.decision(place) for place in range(2))
    later = timezone.now() + timedelta(days=1)
    acts = [
        lambda: actions.announce(own, by=linked),
        lambda: actions.schedule_announcement([(other, None), (own, None)], by=linked, at=later),
    ]
    for act in acts:
        with pytest.raises(ActionNotAllowed, match="un autre membre du réseau"):
            act()
    page = wearing(linked).get(
        reverse("decisions:reseau_letters", args=[linked.key, committee.call.pk])
    )
    assert page.context["own"] == [own]
    assert own not in [each for each, _ in page.context["ready"]]
    assert other in [each for each, _ in page.context["ready"]]
    assert (
        INTEREST
        in wearing(linked)
        .get(reverse("decisions:reseau_announce", args=[linked.key, own.need_id]))
        .content.decode()
    )
    another = OfficerFactory(network=committee.call.network).person
    by = replace(linked, person=another.pk, name=another.name, email=another.email)
    assert actions.announce(own, by=by).state == "announced"


def test_a_letter_scheduled_before_its_officer_joined_the_association_is_still_sent(
    committee: Any, linked: Any
) -> None:
    taken = {"state": "decided", "verdict": "favourable", "letter": "Oui."}
    Decision.objects.filter(need=committee.needs[0]).update(
        **taken, decided_at=timezone.now(), announce_at=timezone.now()
    )
    assert actions.announce_due(timezone.now()) == 1


def test_an_officer_linked_to_one_association_still_decides_on_the_needs_of_others(
    committee: Any, linked: Any
) -> None:
    other = Decision.objects.get(need=committee.needs[1])
    page = wearing(linked).get(reverse("decisions:reseau_decide", args=[linked.key, other.need_id]))
    assert INTEREST not in page.content.decode()
