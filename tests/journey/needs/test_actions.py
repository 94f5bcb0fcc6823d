"""Saving the fields of a need: revisions, conflicts and refusals."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.journey.needs import actions
from explor.journey.needs.models import Comment, Need, Revision
from factories import CallFactory, NetworkFactory

pytestmark = pytest.mark.django_db


def save(
    need: Need, by: Actor, *, tab: Any = None, expected_version: int = 0, **changes: Any
) -> None:
    actions.describe(
        need, by=by, changes=changes, tab=tab, expected_version=expected_version, settle=False
    )


def test_changes_saved_from_one_page_within_ten_minutes_form_one_revision(
    need: Need, own: Actor
) -> None:
    tab, before = uuid4(), need.objectives
    save(need, own, tab=tab, objectives="Former.")
    save(need, own, tab=tab, objectives="Former six", place="Ambato")
    revision = Revision.objects.get()
    assert revision.changes == {
        "objectives": [before, "Former six"],
        "place": ["Fenoarivo", "Ambato"],
    }
    assert (revision.by, revision.version) == (own.name, 2)
    assert Entry.objects.filter(verb="describe").count() == 1
    Revision.objects.update(at=timezone.now() - timedelta(minutes=11))
    save(need, own, tab=tab, place="Antsirabe")
    assert Revision.objects.count() == 2


def test_saving_unchanged_values_creates_no_revision_and_no_version(need: Need, own: Actor) -> None:
    save(need, own, place=need.place, window_start=need.window_start, partner=need.partner)
    need.refresh_from_db()
    assert (need.version, Revision.objects.count()) == (0, 0)


def test_co_authors_of_a_need_who_save_two_different_fields_both_succeed(
    need: Need, own: Actor, other: Actor
) -> None:
    title = need.title
    save(need, own, title=title, context="Neuf fontaines.")
    save(need, other, title="Autre titre", context=need.context)
    need.refresh_from_db()
    assert (need.title, need.context) == ("Autre titre", "Neuf fontaines.")


def test_a_conflict_on_a_field_names_the_author_who_saved_first(
    need: Need, own: Actor, other: Actor
) -> None:
    save(need, own, context="Neuf fontaines.")
    with pytest.raises(EditConflict) as conflict:
        save(need, other, context="Dix fontaines.")
    assert f"{own.name} a changé « Contexte » à" in str(conflict.value)
    save(need, other, context="Dix fontaines.", expected_version=conflict.value.version)
    need.refresh_from_db()
    assert need.context == "Dix fontaines."


def test_saving_a_need_from_a_page_left_open_overwrites_none_of_the_changes_of_others(
    need: Need, own: Actor, other: Actor
) -> None:
    save(need, other, context="Neuf fontaines.")
    for number in range(60):
        save(need, other, expected_version=number + 1, objectives=f"Former {number} personnes.")
    with pytest.raises(EditConflict):
        save(need, own, context="Dix fontaines.")
    need.refresh_from_db()
    assert need.context == "Neuf fontaines."


def test_saving_fields_of_a_need_is_refused_once_the_need_is_filed(need: Need, own: Actor) -> None:
    Need.objects.update(state="filed")
    with pytest.raises(ActionNotAllowed, match="déposé"):
        save(need, own, place="Ambato")


def test_a_date_window_of_a_need_that_ends_before_it_begins_is_refused(
    need: Need, own: Actor
) -> None:
    with pytest.raises(ActionNotAllowed, match="se termine avant"):
        save(need, own, window_start=need.window_end + timedelta(days=1))


def test_changing_the_partner_of_a_need_clears_the_confirmation_by_the_partner(
    need: Need, own: Actor
) -> None:
    Need.objects.update(partner_confirmed_at=timezone.now())
    save(need, own, partner=None)
    need.refresh_from_db()
    assert need.partner_confirmed_at is None


def test_saving_a_need_saves_its_languages_with_their_levels(need: Need, own: Actor) -> None:
    asked = [{"code": "fr", "level": "B2"}, {"code": "pt", "level": "B1"}]
    actions.describe(need, by=own, changes={}, languages=asked, tab=uuid4(), expected_version=0)
    assert [str(each) for each in need.languages.all()] == ["fr B2", "pt B1"]
    changes = {"languages": [[["fr", "B2"]], [["fr", "B2"], ["pt", "B1"]]]}
    assert Revision.objects.get().changes == changes


def test_a_remark_on_a_need_is_settled_when_the_screen_of_its_field_is_submitted(
    need: Need, own: Actor
) -> None:
    Comment.objects.create(need=need, field="place", text="Où ?", by="Le réseau")
    save(need, own, place="Ambato")
    assert Comment.objects.get().settled_at is None
    actions.describe(
        need, by=own, changes={"place": "Ambato"}, tab=uuid4(), expected_version=1, settle=True
    )
    assert Comment.objects.get().settled_at is not None


def test_the_one_page_form_of_a_need_creates_a_revision(need: Need, own: Actor) -> None:
    actions.describe(need, by=own, changes={"place": "Ambato"}, expected_version=0)
    assert Revision.objects.get().changes == {"place": ["Fenoarivo", "Ambato"]}


def test_submitting_a_need_is_refused_when_a_rule_of_the_call_fails(need: Need, own: Actor) -> None:
    need.call.eligibility = {"pays": ["SN"]}
    need.call.save()
    with pytest.raises(ActionNotAllowed, match="L’appel ne couvre pas ce pays : Madagascar"):
        actions.submit(need, by=own)


def test_beginning_a_need_on_the_call_of_another_network_is_refused(need: Need, own: Actor) -> None:
    call = CallFactory(network=NetworkFactory())
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.begin(need.project, by=own, call=call, title="Un puits")
    assert refusal.value.reasons == ("Cet appel est celui d’un autre réseau.",)
    assert list(Need.objects.all()) == [need]


def test_the_one_page_form_of_a_need_conflicts_only_on_the_same_field(
    need: Need, own: Actor, other: Actor
) -> None:
    save(need, own, context="Neuf fontaines.")
    expected_version = 0
    actions.describe(need, by=other, changes={"place": "Ambato"}, expected_version=expected_version)
    with pytest.raises(EditConflict, match="Contexte"):
        actions.describe(
            need, by=other, changes={"context": "Dix fontaines."}, expected_version=expected_version
        )
    need.refresh_from_db()
    assert (need.place, need.context) == ("Ambato", "Neuf fontaines.")
