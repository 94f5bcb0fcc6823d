"""Concurrent acts of several officers: one succeeds, the others are refused, without deadlock."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from trust.test_concurrency import OFFICERS, at_once

from explor.journey.admissibility import actions
from explor.journey.admissibility.models import Review, Supplement
from explor.journey.needs.models import Need
from factories import CallFactory, NeedFactory, officer_actor

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_of_many_concurrent_verdicts_succeeds_and_the_others_are_refused() -> None:
    need = NeedFactory(filed=True)
    by = officer_actor(need.network)
    fresh = lambda: Need.objects.get(pk=need.pk)  # noqa: E731
    said = {"Utile ?": {"verdict": "yes", "remark": ""}}
    outcomes = at_once(lambda: actions.judge(fresh(), by=by, answers=said, expected_version=0))
    assert outcomes.count("won") == 1
    assert sum("Ce dossier a changé" in each for each in outcomes) == OFFICERS - 1
    assert Review.objects.get().answers == said
    request: dict[str, Any] = {"message": "Voici.", "fields": {"days": "?"}, "papers": {}}
    request["answer_by"] = timezone.now() + timedelta(days=7)
    outcomes = at_once(
        lambda: actions.request_changes(fresh(), by=by, expected_version=1, **request)
    )
    assert outcomes.count("won") == 1
    assert Supplement.objects.count() == 1


def test_accepting_lists_concurrently_in_opposite_orders_accepts_each_need_once() -> None:
    call = CallFactory(questions=[])
    by = officer_actor(call.network)
    needs = [NeedFactory(network=call.network, call=call, filed=True) for _ in range(6)]
    done: list[actions.Outcome] = []
    orders = iter([needs, needs[::-1]] * OFFICERS)

    def accept() -> None:
        lines = [(Need.objects.get(pk=need.pk), 0) for need in next(orders)]
        done.extend(actions.accept_all(lines, by=by))

    assert at_once(accept) == ["won"] * OFFICERS
    accepted = sorted(each.need.pk for each in done if not each.reasons)
    assert accepted == sorted(need.pk for need in needs)
    assert set(Need.objects.values_list("state", flat=True)) == {"admissible"}
