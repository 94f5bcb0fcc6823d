"""A network no longer reads the name of somebody who withdrew their consent, even in reserve."""

from datetime import timedelta

import pytest
from django.utils import timezone

from explor.actors.experts import actions as experts
from explor.journey.proposals import actions, selectors
from explor.journey.referrals.models import Referral
from explor.journey.referrals.selectors import sent_by
from factories import (
    DecisionFactory,
    EmployerFactory,
    ExpertFactory,
    NeedFactory,
    expert_actor,
    officer_actor,
    wearing,
)

pytestmark = pytest.mark.django_db


def test_the_reserve_and_the_referrals_hide_whoever_withdrew_their_consent() -> None:
    need = DecisionFactory(need=NeedFactory(state="admissible")).need
    expert = ExpertFactory(
        person__name="Solange Discrète",
        network=need.network,
        employer=EmployerFactory(network=need.network),
    )
    by = officer_actor(need.network)
    until = timezone.localdate() + timedelta(days=3)
    actions.keep_in_reserve(need=need, expert=expert, rank=1, until=until, by=by)
    Referral.objects.create(expert=expert, need=need, network=need.network, sender=need.network)
    browser, base = wearing(by), f"/reseau/{by.key}/"
    pages = ("", f"besoins/{need.pk}/", f"recherches/{need.pk}/", "recherches/", "reserve/")

    def shown() -> list[str]:
        return [url for url in pages if "Discrète" in browser.get(base + url).content.decode()]

    assert shown() != []
    assert [len(selectors.reserves_ending_soon(by)), sent_by(by).count()] == [1, 1]
    experts.withdraw_consent(expert, network=need.network, by=expert_actor(expert))
    assert shown() == []
    assert [len(selectors.reserves_ending_soon(by)), sent_by(by).count()] == [0, 0]
