"""The screens, and how the words of two authors come together."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.calls.models import Call
from explor.journey.needs import actions, fields, pages, rules
from explor.journey.needs.models import Need
from explor.journey.needs.states import State

MINE, THEIRS = UUID(int=1), UUID(int=2)


def test_every_field_has_its_screen() -> None:
    shown = [name for screen in rules.SCREENS.values() for name in screen.fields]
    assert sorted(shown) == sorted(each.name for each in fields.FIELDS)


def test_one_screen_leads_to_the_next_and_the_last_to_the_end() -> None:
    assert rules.after("probleme") == "partenaire"
    assert rules.after("dates") == ""


@pytest.mark.parametrize(
    ("typed", "stored", "since", "expected"),
    [
        ("new", "old", {}, ({"place"}, set())),
        ("old", "old", {}, (set(), set())),
        # Others wrote "theirs" over "old"; the page still says "old": not touched here.
        ("old", "theirs", {"place": "old"}, (set(), set())),
        ("new", "theirs", {"place": "old"}, ({"place"}, {"place"})),
        ("theirs", "theirs", {"place": "old"}, (set(), set())),
        ("new", "old", {"title": "old"}, ({"place"}, set())),
    ],
)
def test_two_authors(typed: str, stored: str, since: dict[str, Any], expected: Any) -> None:
    assert rules.merge({"place": typed}, {"place": stored}, since) == expected


def test_only_what_other_pages_changed_since_is_in_the_way() -> None:
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
    ("eligibility", "told"),
    [
        ({}, []),
        ({"pays": ["MG"]}, []),
        ({"pays": ["SN"]}, ["L’appel ne couvre pas ce pays : Madagascar."]),
        # Not told by the association: an officer checks it, filing goes on.
        ({"taille": 10}, []),
        ({"preavis": 60}, []),
    ],
)
def test_the_rules_of_the_call_stand_before_filing(
    need: Need, eligibility: dict[str, Any], told: list[str]
) -> None:
    need.association.headcount = None
    need.call.eligibility = eligibility
    now = timezone.now()
    assert rules.barriers(need, others=0, at=now) == told
    assert rules.missing_to_submit(need, others=0, at=now) == told


def test_a_returned_need_is_evaluated_on_the_day_it_was_filed(need: Need) -> None:
    Call.objects.filter(pk=need.call_id).update(eligibility={"preavis": 130})
    need.call.refresh_from_db()
    now = timezone.now()
    assert len(rules.barriers(need, others=0, at=now)) == 1
    assert rules.barriers(need, others=0, at=now - timedelta(days=20)) == []


def test_completeness_says_what_each_blank_serves_and_who_reads_it(need: Need) -> None:
    found = pages.completeness_of(need)
    assert found.percent == 100 * 14 // 17
    assert [part.field for part in found.blanks] == ["audiences", "deliverables", "profile"]
    need.days = None
    part = pages.completeness_of(need).blanks[0]
    assert part == rules.Part(
        field="days",
        use="La durée sur place.",
        reader="le classement et l’employeur",
        screen="dates",
    )


def test_every_part_measured_has_a_reader_and_a_screen() -> None:
    told: dict[str, object] = dict.fromkeys(
        name for screen in rules.SCREENS.values() for name in screen.fields
    )
    blanks = rules.measure(told).blanks
    assert sorted(part.field for part in blanks) == sorted(set(told) - {"title", "seats"})
    assert rules.measure(dict.fromkeys(told, "x")).percent == 100


def test_the_zone_of_the_place_is_read(need: Need) -> None:
    need.seats = 2
    assert len(pages.warnings_of(need)) == 1


ROLES = ("association", "reseau", "comite", "expert", "employeur", "public")


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("role", ROLES)
def test_who_may_write_in_which_state(need: Need, state: str, role: str) -> None:
    need.state = state
    by = Actor(person=1, role=role, scope=need.association_id)
    assert rules.can_edit(by, need) is (role == "association" and state in ("draft", "returned"))
    stranger = Actor(person=1, role=role, scope=need.association_id + 1)
    assert rules.can_edit(stranger, need) is False


@pytest.mark.parametrize("state", State.values)
def test_words_are_written_before_filing_only(need: Need, own: Actor, state: str) -> None:
    Need.objects.update(state=state)
    told: dict[str, Any] = {"changes": {"place": "Ambato"}, "tab": MINE, "expected_version": 0}
    if state in ("draft", "returned"):
        actions.describe(need, by=own, **told)
    else:
        with pytest.raises(ActionNotAllowed):
            actions.describe(need, by=own, **told)
    assert (Need.objects.get().place == "Ambato") is (state in ("draft", "returned"))
