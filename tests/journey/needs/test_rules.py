"""Rules of needs: screens, merge of two authors, completeness and permissions."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.reference.selectors import fold
from explor.ground.travel_advice.models import Advice
from explor.journey.calls.models import Call
from explor.journey.needs import actions, fields, pages, rules
from explor.journey.needs.models import Need
from explor.journey.needs.states import State

MINE, THEIRS = UUID(int=1), UUID(int=2)


def test_every_field_of_a_need_belongs_to_exactly_one_screen() -> None:
    shown = [name for screen in rules.SCREENS.values() for name in screen.fields]
    assert sorted(shown) == sorted(each.name for each in fields.FIELDS)


def test_the_function_after_returns_the_next_screen_or_an_empty_string_after_the_last() -> None:
    assert rules.after("probleme") == "partenaire"
    assert rules.after("dates") == ""


@pytest.mark.parametrize(
    ("typed", "stored", "since", "expected"),
    [
        ("new", "old", {}, ({"place"}, set())),
        ("old", "old", {}, (set(), set())),
        # Another author wrote "theirs" over "old"; this page sends "old": it did not change it.
        ("old", "theirs", {"place": "old"}, (set(), set())),
        ("new", "theirs", {"place": "old"}, ({"place"}, {"place"})),
        ("theirs", "theirs", {"place": "old"}, (set(), set())),
        ("new", "old", {"title": "old"}, ({"place"}, set())),
    ],
)
def test_the_function_merge_returns_the_changed_fields_and_those_in_conflict(
    typed: str, stored: str, since: dict[str, Any], expected: Any
) -> None:
    assert rules.merge({"place": typed}, {"place": stored}, since, since) == expected


def test_the_function_changed_since_ignores_changes_made_from_the_same_page() -> None:
    revisions = [
        (3, THEIRS, {"place": ["a", "b"]}),
        (5, MINE, {"title": ["t", "u"]}),
        (6, THEIRS, {"place": ["b", "c"], "days": [7, 8]}),
        (7, THEIRS, {"place": ["c", "d"]}),
    ]
    assert rules.changed_since(revisions, 4, MINE) == {"place": "b", "days": 7}
    assert rules.changed_since(revisions, 2, MINE) == {"place": "a", "days": 7}
    assert rules.changed_since(revisions, 7, MINE) == {}


@pytest.mark.parametrize(
    ("eligibility", "barriers"),
    [
        ({}, []),
        ({"pays": ["MG"]}, []),
        ({"pays": ["SN"]}, ["L’appel ne couvre pas ce pays : Madagascar."]),
        # The headcount is unknown: an officer checks it later, and filing stays possible.
        ({"taille": 10}, []),
        ({"preavis": 60}, []),
    ],
)
def test_a_failing_rule_of_the_call_prevents_filing_a_need(
    need: Need, eligibility: dict[str, Any], barriers: list[str]
) -> None:
    need.association.headcount = None
    need.call.eligibility = eligibility
    now = timezone.now()
    assert rules.barriers(need, others=0, at=now) == barriers
    assert rules.missing_to_submit(need, others=0, at=now) == barriers


def test_the_notice_rule_of_a_need_is_evaluated_at_the_given_filing_time(need: Need) -> None:
    Call.objects.filter(pk=need.call_id).update(eligibility={"preavis": 130})
    need.call.refresh_from_db()
    now = timezone.now()
    assert len(rules.barriers(need, others=0, at=now)) == 1
    assert rules.barriers(need, others=0, at=now - timedelta(days=20)) == []


def test_the_completeness_of_a_need_lists_each_blank_field_with_its_use_and_readers(
    need: Need,
) -> None:
    completeness = pages.completeness_of(need)
    assert completeness.percent == 100 * 14 // 17
    assert [part.field for part in completeness.blanks] == ["audiences", "deliverables", "profile"]
    need.days = None
    part = pages.completeness_of(need).blanks[0]
    assert part == rules.Part(
        field="days",
        use="La durée sur place.",
        reader="le classement et l’employeur",
        screen="dates",
    )


def test_every_field_of_a_need_except_title_and_seats_counts_in_its_completeness() -> None:
    values: dict[str, object] = dict.fromkeys(
        name for screen in rules.SCREENS.values() for name in screen.fields
    )
    blanks = rules.measure(values).blanks
    assert sorted(part.field for part in blanks) == sorted(set(values) - {"title", "seats"})
    assert rules.measure(dict.fromkeys(values, "x")).percent == 100


def test_the_warnings_on_a_need_use_the_travel_zone_of_its_place(need: Need) -> None:
    assert pages.warnings_of(need) == []
    today = timezone.localdate()
    advice = {"country": need.country, "read_on": today, "read_by_name": "Camille Exemple"}
    Advice.objects.create(**advice, zone="V", url="https://conseils.exemple.test/")
    town = {"place": need.place, "place_key": fold(need.place)}
    Advice.objects.create(**advice, **town, zone="O", url="https://conseils.exemple.test/")
    [warning] = pages.warnings_of(need)
    assert warning.startswith("Ce lieu est en zone orange")


ROLES = ("association", "reseau", "comite", "expert", "employeur", "public")


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("role", ROLES)
def test_only_the_association_of_a_draft_or_returned_need_may_edit_the_need(
    need: Need, state: str, role: str
) -> None:
    need.state = state
    by = Actor(person=1, role=role, scope=need.association_id)
    assert rules.can_edit(by, need) is (role == "association" and state in ("draft", "returned"))
    stranger = Actor(person=1, role=role, scope=need.association_id + 1)
    assert rules.can_edit(stranger, need) is False


@pytest.mark.parametrize("state", State.values)
def test_saving_fields_of_a_need_is_refused_except_in_a_draft_or_returned_need(
    need: Need, own: Actor, state: str
) -> None:
    Need.objects.update(state=state)
    arguments: dict[str, Any] = {"changes": {"place": "Ambato"}, "tab": MINE, "expected_version": 0}
    if state in ("draft", "returned"):
        actions.describe(need, by=own, **arguments)
    else:
        with pytest.raises(ActionNotAllowed):
            actions.describe(need, by=own, **arguments)
    assert (Need.objects.get().place == "Ambato") is (state in ("draft", "returned"))
