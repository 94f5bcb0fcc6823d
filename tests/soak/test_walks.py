"""Random walks: people act at random on one season, and only the allowed actions succeed.

The model is the tables of states and nothing else: it follows the journal, and refuses an action
that no table has. After each step the states in the database equal those of the model.
"""

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.http import HttpResponse
from django.test import Client
from trust.test_isolation import filled
from trust.test_verbs_by_url import (
    REFUSED,
    actor_of,
    clients_of,
    subject_of,
    tables,
    typed,
    verb_views,
)
from trust.world import Side, side

from explor.ground.audit.models import Entry
from explor.ground.workflow.models import WorkflowModel
from explor.journey.missions.models import Mission
from explor.journey.missions.states import PROPERTIES, State
from explor.journey.needs.models import Need
from explor.journey.proposals.models import Proposal
from explor.journey.proposals.states import HOLDING
from support.soak import length

pytestmark = [pytest.mark.soak, pytest.mark.django_db]
STEPS = 50
KINDS = [
    each for each in apps.get_models() if issubclass(each, WorkflowModel) and not each._meta.proxy
]


def states() -> dict[tuple[str, int], str]:
    """Return the state of every row that has one, by kind and primary key."""
    return {
        (kind._meta.label_lower, pk): state
        for kind in KINDS
        for pk, state in kind._base_manager.values_list("pk", "state")
    }


class Walk:
    """One run: a random step at a time, each compared with the model."""

    def __init__(self, own: Side, clients: dict[tuple[str, str], Client], dice: random.Random):
        self.own, self.clients, self.dice = own, clients, dice
        self.model, self.last = states(), last_line()
        self.faults: list[str] = []
        self.count: Counter[str] = Counter()

    def step(self, places: list[tuple[Any, str]]) -> None:
        view, url = self.dice.choice(places)
        actor = actor_of(view.role_type, self.own, self.clients["own", "reseau"])
        subject = subject_of(view, url, actor) if actor else None
        if subject is None or actor is None:
            self.count["unseen"] += 1
            return
        who = ("own", view.role_type)
        if self.dice.random() < 0.3:
            who = self.dice.choice(sorted(self.clients))
        answer = self.clients[who].post(url, typed(view, url, subject, actor))
        may = who[0] == "own" and view.verb_pages.workflow.allows(
            subject.state, view.verb.name, who[1]
        )
        self.compare(f"{who} {url} from {subject.state}", answer, may=may)

    def compare(self, step: str, answer: HttpResponse, *, may: bool) -> None:
        """Follow the lines that the step added to the journal; note what the tables forbid."""
        lines = list(Entry.objects.filter(pk__gt=self.last).order_by("pk"))
        acts = [line for line in lines if line.target]
        self.count["moved" if acts else "refused"] += 1
        if answer.status_code not in REFUSED | {200}:
            self.faults.append(f"{step}: {answer.status_code}")
        if acts and not may:
            self.faults.append(f"{step}: {[line.verb for line in acts]}")
        self.follow(step, lines)

    def follow(self, step: str, lines: list[Entry]) -> None:
        for line in lines:
            key = (line.kind, line.subject)
            if line.target and (line.verb, line.source, line.target, line.role) not in POSSIBLE:
                self.faults.append(f"{step}: {line.kind} {line.verb} {line.source} {line.target}")
            if line.target and self.model.get(key, line.source) != line.source:
                self.faults.append(f"{step}: {key} was {self.model[key]}, not {line.source}")
            if line.target:
                self.model[key] = line.target
            self.last = line.pk
        now = states()
        known = {key: state for key, state in self.model.items() if key in now}
        new = {key: state for key, state in now.items() if key not in known}
        if known | new != now:
            self.faults.append(f"{step}: {set(now.items()) ^ set((known | new).items())}")
        self.model = known | new


POSSIBLE = {
    (row.verb, source, row.target, role)
    for table in tables()
    for row in table.transitions
    for source in row.sources
    for role in row.by
}


def last_line() -> int:
    return Entry.objects.aggregate(last=Max("pk"))["last"] or 0


def broken_rules() -> list[str]:
    """Return the missions that overlap or leave their call, and the needs with too many people."""
    held = [state for state in State if PROPERTIES[state].holds_days]
    missions = list(Mission.objects.filter(state__in=held).select_related("release__proposal"))
    faults = [
        f"missions {one.pk} and {other.pk} overlap"
        for one in missions
        for other in missions
        if one.pk < other.pk and one.expert == other.expert
        if one.start <= other.end and other.start <= one.end
    ]
    faults += [f"mission {each.pk} ends before it starts" for each in missions
               if each.end < each.start]  # fmt: skip
    for need in Need.objects.all():
        taken = Proposal.objects.filter(need=need, state__in=HOLDING).count()
        faults += [f"need {need.pk}: {taken} people"] if taken > need.seats else []
    return faults


def walk(own: Side, clients: dict[tuple[str, str], Client], run_jobs: Any, seed: int) -> Walk:
    """Walk from the season as it was at first, which is given back at the end."""
    dice = random.Random(seed)
    places = [
        (view, url) for route, view in verb_views() for url in filled(route, own.keys, own.rows)
    ]
    with transaction.atomic():
        made = Walk(own, clients, dice)
        for number in range(STEPS):
            made.step(places)
            if number % 10 == 9:
                run_jobs()
                made.follow("jobs", list(Entry.objects.filter(pk__gt=made.last).order_by("pk")))
        made.faults += broken_rules()
        transaction.set_rollback(True)
    made.faults = [f"{seed}: {fault}" for fault in made.faults]
    return made


def test_random_actions_of_random_people_succeed_only_as_the_tables_of_states_allow(
    monkeypatch: pytest.MonkeyPatch,
    unlogged: None,
    run_jobs: Callable[[], list[str]],
    record_property: Callable[[str, object], None],
) -> None:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    sides = side("Amont"), side("Aval")
    clients = clients_of(sides)
    run_jobs()
    assert broken_rules() == []
    runs, count, faults = length(1, 1000), Counter[str](), []
    for seed in range(runs):
        made = walk(sides[0], clients, run_jobs, seed)
        count += made.count
        faults += made.faults
    assert faults == []
    assert count["moved"] >= runs
    record_property(
        "figure",
        f"{runs} runs of {STEPS} steps: {count['moved']} acts of the tables,"
        f" {count['refused'] + count['unseen']} refusals, 0 act or state outside the tables",
    )
