"""Personal data are erased from rows, files and messages at the end of their term, not before."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from explor.ground.accounts.models import PersonalLink
from explor.ground.audit.models import Entry
from explor.ground.files.models import Document
from explor.ground.mail.models import Message
from explor.ground.privacy import actions
from explor.ground.privacy.actions import purge
from explor.ground.privacy.kinds import Purge, purges
from explor.ground.privacy.models import Notice, PurgeReport
from explor.ground.privacy.terms import TERMS, days
from support.purges import CASES

pytestmark = pytest.mark.django_db
KEYS = sorted(CASES)
WARNING = [each.key for each in purges() if each.warn]


def purge_of(key: str) -> Purge:
    return next(each for each in purges() if each.key == key)


def at_term(key: str, more: int = 0) -> Any:
    """Return the instant of the term of rows made now, plus some days."""
    return timezone.now() + timedelta(days=days(purge_of(key).term) + more)


def line_of(report: PurgeReport, key: str) -> dict[str, Any]:
    return next(line for line in report.lines if line["key"] == key)


def warn_of(key: str) -> None:
    """Run the purge of the night when the notice is due, if there is one."""
    if purge_of(key).warn:
        purge(now=at_term(key, 1 - TERMS[purge_of(key).term].notice))


def test_each_registered_purge_has_a_test_case() -> None:
    assert sorted(each.key for each in purges()) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_personal_data_stay_the_day_before_the_end_of_their_term_and_are_gone_the_day_after(
    key: str, django_capture_on_commit_callbacks: Any
) -> None:
    case = CASES[key]
    row = case.make()
    with django_capture_on_commit_callbacks(execute=True):
        warn_of(key)
        purge(now=at_term(key, -1))
    assert not case.gone(row)
    with django_capture_on_commit_callbacks(execute=True):
        report = purge(now=at_term(key, 1))
    assert case.gone(row)
    assert line_of(report, key)["erased"] == 1


@pytest.mark.parametrize("key", KEYS)
def test_a_second_purge_of_personal_data_finds_nothing_left_to_erase(key: str) -> None:
    CASES[key].make()
    warn_of(key)
    purge(now=at_term(key, 1))
    before = Entry.objects.exclude(verb="purge").count()
    report = purge(now=at_term(key, 1))
    assert (line_of(report, key)["erased"], line_of(report, key)["kept"]) == (0, {})
    assert Entry.objects.exclude(verb="purge").count() == before


@pytest.mark.parametrize("key", WARNING)
def test_a_person_is_warned_once_before_a_purge_and_data_without_this_notice_are_kept(
    key: str,
) -> None:
    each, case = purge_of(key), CASES[key]
    ahead = TERMS[each.term].notice
    row = case.make()
    purge(now=at_term(key, -ahead - 1))
    assert Notice.objects.count() == 0
    for more in (1 - ahead, 2 - ahead):
        purge(now=at_term(key, more))
    warned = Message.objects.filter(kind__in=("experts.end_profile", "needs.erase_draft"))
    assert (warned.count(), Notice.objects.count()) == (1, 1)
    Notice.objects.update(at=at_term(key))
    report = purge(now=at_term(key, 1))
    assert not case.gone(row)
    assert line_of(report, key)["kept"] == {actions.WARNED: 1}


@pytest.mark.parametrize("key", KEYS)
def test_a_dry_run_of_the_purge_counts_the_due_rows_and_writes_nothing(key: str) -> None:
    row = CASES[key].make()
    warn_of(key)
    before = (Entry.objects.count(), PurgeReport.objects.count(), Message.objects.count())
    report = purge(now=at_term(key, 1), dry_run=True)
    assert line_of(report, key)["erased"] == 1
    assert not CASES[key].gone(row)
    after = (Entry.objects.count(), PurgeReport.objects.count(), Message.objects.count())
    assert before == after


class KilledError(BaseException):
    """What stops a process in the middle: nothing catches it."""


def test_a_purge_killed_in_the_middle_of_a_row_leaves_it_complete_for_the_next_purge(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key = "needs.refused"
    first, second = CASES[key].make(), CASES[key].make()
    done: list[int] = []
    update = actions.audit.update

    def killed(subject: Any, *args: Any, **kwargs: Any) -> Any:
        if done:
            raise KilledError
        done.append(subject.pk)
        return update(subject, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr("explor.journey.needs.actions.audit.update", killed)
        with pytest.raises(KilledError):
            purge(now=at_term(key, 1))
    stopped = PurgeReport.objects.get()
    assert stopped.ended_at is None
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.context, second.context != "") == ("", True)
    assert Document.objects.of(second).count() == 1
    report = purge(now=at_term(key, 1))
    assert line_of(report, key)["erased"] == 1
    second.refresh_from_db()
    assert (second.context, Document.objects.of(second).count()) == ("", 0)


@pytest.mark.parametrize("fault", [OSError("disque plein"), KeyError("une faute")], ids=str)
def test_a_row_that_the_purge_cannot_erase_is_reported_and_does_not_stop_the_others(
    fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = "http.keys"
    bad, good = CASES[key].make(), CASES[key].make()

    def refuse(row: Any, now: Any) -> None:
        if row.pk == bad.pk:
            raise fault
        row.delete()

    broken = Purge(key=key, term="keys", label="clés", due=purge_of(key).due, erase=refuse)
    monkeypatch.setattr(actions, "purges", lambda: [broken])
    report = purge(now=at_term(key, 1))
    assert report.lines[0]["kept"] == {actions.FAILED: 1}
    assert report.lines[0]["erased"] == 1
    assert not CASES[key].gone(bad)
    assert CASES[key].gone(good)


def test_the_personal_link_used_for_a_signature_is_kept_as_long_as_its_agreement() -> None:
    mission = CASES["budgets.accounts"].make()
    subject = f"releases.agreement:{mission.release.agreement_id}"
    PersonalLink.objects.create(digest="2", subject=subject, name="N", expires_at=timezone.now())
    purge(now=at_term("accounts.links", 1))
    assert PersonalLink.objects.filter(subject=subject).exists()
    purge(now=at_term("budgets.accounts", 1))
    assert not PersonalLink.objects.filter(subject=subject).exists()


def test_the_purge_keeps_the_papers_of_a_public_body_until_the_visa_of_the_archives() -> None:
    key = "budgets.accounts"
    mission = CASES[key].make()
    mission.network.public_body = True
    mission.network.save()
    report = purge(now=at_term(key, 1))
    assert line_of(report, key)["kept"] == {"le visa des archives est attendu": 1}
    assert not CASES[key].gone(mission)


def test_a_retention_term_changed_by_its_setting_is_both_applied_and_shown(
    settings: Any, client: Client
) -> None:
    settings.TERMS_IN_DAYS = {"alerts": 3}
    row = CASES["directory.alerts"].make()
    purge(now=timezone.now() + timedelta(days=4))
    assert CASES["directory.alerts"].gone(row)
    assert "3 jours après la demande" in client.get("/confidentialite/").content.decode()
    settings.TERMS_IN_DAYS = {}
    assert "7 jours après la demande" in client.get("/confidentialite/").content.decode()


def test_a_due_row_locked_by_another_transaction_is_erased_the_next_night(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = CASES["http.keys"].make()
    with monkeypatch.context() as held:
        held.setattr(actions, "_locked", lambda *_: None)
        report = purge(now=at_term("http.keys", 1))
    assert line_of(report, "http.keys")["kept"] == {actions.HELD: 1}
    assert not CASES["http.keys"].gone(row)
    purge(now=at_term("http.keys", 1))
    assert CASES["http.keys"].gone(row)


def test_a_purge_notice_that_fails_is_counted_and_does_not_stop_the_other_purges(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key = WARNING[0]
    CASES[key].make()
    monkeypatch.setattr(actions, "_warn", lambda *_: 1 / 0)
    report = purge(now=at_term(key, 1 - TERMS[purge_of(key).term].notice))
    assert line_of(report, key)["kept"].get(actions.FAILED) == 1
    assert {line["key"] for line in report.lines} == set(KEYS)
