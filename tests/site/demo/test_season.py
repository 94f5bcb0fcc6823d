"""Loading the demonstration data."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F, Sum
from django.test import Client
from django.test.utils import CaptureQueriesContext

from explor.actors.experts.models import WITHOUT_EMPLOYER, Expert
from explor.actors.networks.models import Network
from explor.ground.accounts.models import Person
from explor.ground.audit.models import Entry
from explor.ground.mail.models import Message
from explor.ground.roles.registry import roles_of
from explor.journey.admissibility.selectors import clock_of
from explor.journey.budgets.models import BudgetLine
from explor.journey.calls.forms import CallEdit
from explor.journey.calls.models import Call
from explor.journey.decisions.models import Decision
from explor.journey.missions.models import Mission
from explor.journey.missions.states import State
from explor.journey.needs.models import Need
from explor.journey.takeovers.models import Takeover
from explor.site.demo import season

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Load the data once for the tests of this module: it plays thousands of actions."""
    with django_db_blocker.unblock(), transaction.atomic():
        season.load(seed=1)
        yield
        transaction.set_rollback(True)


def test_demonstration_data_are_loaded_only_once_with_missions_in_every_state():
    assert set(Mission.objects.values_list("state", flat=True)) == set(State.values)
    who_leaves = set(Mission.objects.values_list("expert__employment", flat=True))
    assert {"retraite", "cdd", "salarie", "titulaire"} <= who_leaves
    alone = Mission.objects.filter(expert__employment__in=WITHOUT_EMPLOYER)
    assert set(alone.values_list("release__scheme", "employer")) == {("BSE", None)}
    assert not Expert.objects.filter(employment="cdd", contract_ends=None).exists()
    assert len(season.accounts()) == len(season.ACCOUNTS)
    season.load(seed=2)
    assert Network.objects.count() == 4


def test_the_form_of_each_demonstration_call_accepts_its_own_values() -> None:
    errors = {}
    for call in Call.objects.filter(of_taken_over=False):
        form = CallEdit(subject=call)
        shown = {name: form[name].value() for name in form.fields}
        sent = {name: value for name, value in shown.items() if value not in (None, "")}
        errors[call.title] = dict(CallEdit(sent, subject=call).errors)
    assert errors == {title: {} for title in errors}


def test_demonstration_needs_are_judged_decided_and_announced_in_that_order() -> None:
    for network in Network.objects.filter(calls__isnull=False).distinct():
        assert (clock_of(network.pk).ninetieth or 0) <= 15
    assert not Decision.objects.filter(decided_at__gt=F("announced_at")).exists()
    assert not Need.objects.filter(state_since__lt=F("filed_at")).exists()


def test_the_demonstration_takes_over_missions_in_the_four_states_with_their_budgets() -> None:
    rows = Mission.objects.filter(takeover_line__isnull=False)
    assert sorted(rows.values_list("state", flat=True)) == [
        "away", "closed", "closed", "preparing", "returned",
    ]  # fmt: skip
    assert {row.network.slug for row in rows.select_related("network")} == {"resacoop"}
    files = Takeover.objects.order_by("pk").values_list("what", "state")
    assert list(files) == [("missions", "made"), ("budgets", "made")]
    taken = BudgetLine.objects.filter(takeover_line__isnull=False)
    totals = taken.aggregate(planned=Sum("planned"), paid=Sum("paid"))
    assert totals == {"planned": Decimal(4 * 1460), "paid": Decimal("4204.50")}
    verbs = Entry.objects.filter(kind="missions.mission", subject__in=rows.values("pk"))
    assert set(verbs.values_list("verb", flat=True)) == {"take_over"}
    people = rows.values_list("expert__person__email", flat=True)
    assert not Message.objects.filter(to__in=people).exists()


def test_the_home_page_of_each_account_runs_at_most_25_queries(settings: Any) -> None:
    settings.EXPLOR_DEMO = True  # officers need no second factor
    counts = {}
    addresses = [address for _, _, address in season.accounts()]
    for person in Person.objects.filter(email__in=addresses):
        client = Client()
        client.force_login(person)
        for role in roles_of(person):
            client.get(role.url)  # the first visit fills the caches
            with CaptureQueriesContext(connection) as queries:
                assert client.get(role.url).status_code == 200, role.url
            counts[role.url] = len(queries)
    assert len(counts) >= 8
    assert {url: count for url, count in counts.items() if count > 25} == {}
