"""The optional equity question: asking, answering, erasing, and counting answers by group."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from explor.actors.experts import actions as experts
from explor.actors.experts.models import Consent
from explor.ground.audit.models import Entry
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.ground.mail.models import Message
from explor.ground.privacy.actions import purge
from explor.oversight.equity import actions
from explor.oversight.equity.models import EquityAnswer, EquityReading, EquitySwitch
from explor.oversight.equity.tasks import tonight
from factories import ExpertFactory, NetworkFactory, expert_actor, officer_actor
from support.equity import answered, asking, people, propose

pytestmark = pytest.mark.django_db


def crowd(women: int = 14, men: int = 12, silent: int = 8) -> EquitySwitch:
    """Create a network that asks the question, and experts of whom some answered."""
    network = NetworkFactory()
    switch = asking(network)
    found = people(network, women + men + silent)
    answered(switch, found[:women], "woman", "forties")
    answered(switch, found[women : women + men], "man", "fifties")
    for each in found[:2]:
        propose(each)
    return switch


def test_an_officer_switches_the_equity_question_on_then_off() -> None:
    network = NetworkFactory()
    by = officer_actor(network)
    switch = actions.switch_on(network, by=by, expected_version=0)
    assert (switch.on, switch.since, switch.by) == (True, timezone.localdate(), by.name)
    with pytest.raises(ActionNotAllowed, match="pose déjà"):
        actions.switch_on(network, by=by)
    with pytest.raises(EditConflict):
        actions.switch_off(network, by=by, expected_version=0)
    switch = actions.switch_off(network, by=by, expected_version=1)
    assert (switch.on, switch.since) == (False, None)
    with pytest.raises(ActionNotAllowed, match="ne pose pas"):
        actions.switch_off(network, by=by)
    lines = Entry.objects.about(switch).values_list("verb", "name")
    assert list(lines) == [("switch_on", by.name), ("switch_off", by.name)]


def test_switching_the_equity_question_off_erases_only_the_answers_to_that_network() -> None:
    first, second = crowd(), crowd()
    actions.switch_off(first.network, by=officer_actor(first.network))
    assert first.answers.count() == 0
    assert second.answers.count() == 26


def test_an_expert_gives_then_changes_then_erases_an_equity_answer() -> None:
    expert = ExpertFactory()
    switch, by = asking(expert.network), expert_actor(expert)
    for gender in ("woman", "other"):
        actions.answer(switch, expert=expert, by=by, gender=gender, age="thirties")
    found = EquityAnswer.objects.get()
    assert (found.gender, found.age, found.day) == ("other", "thirties", timezone.localdate())
    actions.erase(switch, expert=expert, by=by)
    actions.erase(switch, expert=expert, by=by)
    assert EquityAnswer.objects.count() == 0


def test_an_equity_answer_leaves_no_trace_in_the_journal_nor_in_messages() -> None:
    expert = ExpertFactory()
    switch, by = asking(expert.network), expert_actor(expert)
    before = (Entry.objects.count(), Message.objects.count())
    actions.answer(switch, expert=expert, by=by, gender="woman", age="thirties")
    actions.erase(switch, expert=expert, by=by)
    assert (Entry.objects.count(), Message.objects.count()) == before
    actions.answer(switch, expert=expert, by=by, gender="woman", age="thirties")
    assert "woman" not in repr(EquityAnswer.objects.get())


@pytest.mark.parametrize("who", ["officer", "other expert", "system"])
def test_giving_or_erasing_the_equity_answer_of_another_expert_is_forbidden(who: str) -> None:
    expert = ExpertFactory()
    switch = asking(expert.network)
    by: Actor = {
        "officer": officer_actor(expert.network),
        "other expert": expert_actor(ExpertFactory()),
        "system": SYSTEM,
    }[who]
    with pytest.raises(PermissionDenied):
        actions.answer(switch, expert=expert, by=by, gender="woman", age="unsaid")
    with pytest.raises(PermissionDenied):
        actions.erase(switch, expert=expert, by=by)


def test_an_equity_answer_is_refused_when_the_question_is_off_and_the_profile_hidden() -> None:
    expert = ExpertFactory()
    switch, by = asking(expert.network), expert_actor(expert)
    Consent.objects.filter(expert=expert).update(withdrawn_at=timezone.now())
    actions.switch_off(expert.network, by=officer_actor(expert.network))
    with pytest.raises(ActionNotAllowed) as refused:
        actions.answer(switch, expert=expert, by=by, gender="woman", age="unsaid")
    assert len(refused.value.reasons) == 2
    assert EquityAnswer.objects.count() == 0


def test_withdrawing_consent_deletes_the_equity_answer(run_jobs: Callable[[], list[str]]) -> None:
    expert, other = ExpertFactory(), ExpertFactory()
    for each in (expert, other):
        answered(asking(each.network), [each], "woman")
    experts.withdraw_consent(expert, network=expert.network, by=expert_actor(expert))
    assert "equity.consent_withdrawn" in run_jobs()
    assert [each.expert for each in EquityAnswer.objects.all()] == [other]


def test_deleting_the_expert_profile_deletes_the_equity_answer() -> None:
    expert = ExpertFactory()
    answered(asking(expert.network), [expert], "woman")
    expert.delete()
    assert EquityAnswer.objects.count() == 0


@pytest.mark.parametrize(("days", "left"), [(729, 1), (730, 1), (731, 0)])
def test_an_equity_answer_is_erased_after_two_years(days: int, left: int) -> None:
    expert = ExpertFactory()
    answered(asking(expert.network), [expert], "woman")
    EquityAnswer.objects.update(day=timezone.localdate() - timedelta(days=days))
    purge()
    assert EquityAnswer.objects.count() == left


def test_only_the_expert_may_see_their_own_equity_answer() -> None:
    switch = crowd()
    one = switch.answers.first()
    network = switch.network
    roles = (
        *("association", "employeur", "comite", "financeur", "partenaire"),
        *("coordination", "administration", "systeme", "public"),
    )
    readers = [officer_actor(network), *(Actor(role=role, scope=network.pk) for role in roles)]
    assert [EquityAnswer.objects.visible_to(each).count() for each in readers] == [0] * 10
    assert one is not None
    own = EquityAnswer.objects.visible_to(expert_actor(one.expert))
    assert list(own) == [one]


def test_counted_equity_answers_are_stored_as_groups_with_rounded_rates() -> None:
    switch = crowd()
    made = actions.save_reading(switch, today=timezone.localdate())
    assert made is not None
    gender, age = made.tables
    assert gender["title"] == "Par genre"
    assert [(row["label"], row["people"]) for row in gender["rows"]] == [
        ("Ensemble", 35),
        ("Femmes", 15),
        ("Hommes", 10),
        ("Sans réponse", 10),
    ]
    made.refresh_from_db()
    women = made.tables[0]["rows"][1]["rates"][0]
    assert women == {"between": [0, 40], "gap": "pas d’écart net"}
    assert [row["label"] for row in age["rows"]] == [
        "Ensemble",
        "De 40 à 49 ans",
        "De 50 à 59 ans",
        "Sans réponse",
    ]


def test_counted_equity_answers_merge_small_groups_and_store_no_person() -> None:
    switch = crowd(women=16, men=4, silent=9)
    said_by = {each.expert_id for each in switch.answers.all()}
    tonight(0)
    (made,) = EquityReading.objects.all()
    labels = [row["label"] for row in made.tables[0]["rows"]]
    assert labels == ["Ensemble", "Femmes", "Autres groupes, trop petits pour être montrés"]
    assert said_by.isdisjoint({*_numbers(made.tables)})


def _numbers(value: object) -> list[str]:
    """Return every stored value as text; fail on any unexpected key, such as a person's."""
    if isinstance(value, dict):
        assert set(value) <= {"title", "rows", "label", "people", "rates", "between", "gap"}
        return [text for each in value.values() for text in _numbers(each)]
    if isinstance(value, list):
        return [text for each in value for text in _numbers(each)]
    return [str(value)]


def test_equity_answers_are_never_counted_twice_for_the_same_month() -> None:
    switch = crowd()
    today = timezone.localdate()
    assert actions.save_reading(switch, today=today) is not None
    answered(switch, people(switch.network, 5), "woman")
    for days in (0, 40, 300):
        assert actions.save_reading(switch, today=today + timedelta(days=days)) is None
    again = actions.save_reading(switch, today=today + timedelta(days=366))
    assert again is not None
    first, second = EquityReading.objects.order_by("end")
    assert first.end <= second.start


def test_switching_the_equity_question_off_then_on_does_not_allow_a_second_count() -> None:
    switch = crowd()
    today = timezone.localdate()
    actions.save_reading(switch, today=today)
    by = officer_actor(switch.network)
    actions.switch_off(switch.network, by=by)
    actions.switch_on(switch.network, by=by)
    EquitySwitch.objects.update(since=today - timedelta(days=40))
    answered(switch, people(switch.network, 30), "woman")
    assert actions.save_reading(switch, today=today) is None


@pytest.mark.parametrize(("since", "women", "men"), [(29, 14, 12), (30, 10, 9)])
def test_equity_answers_are_not_counted_too_early_or_when_too_few(
    since: int, women: int, men: int
) -> None:
    switch = crowd(women=women, men=men, silent=20)
    EquitySwitch.objects.update(since=timezone.localdate() - timedelta(days=since))
    assert actions.save_reading(switch, today=timezone.localdate()) is None
