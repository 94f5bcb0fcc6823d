"""Home pages and lists run no more queries when there are more rows in every state.

`test_query_counts` measures 40 rows in the usual states; here there are few rows, in all of them:
a query for each row of one state only would not be counted there.
"""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from explor.actors.organisations.models import Organisation
from explor.journey.calls.models import Call
from explor.journey.decisions import states as decisions
from explor.journey.incidents import states as incidents
from explor.journey.missions import states as missions
from explor.journey.missions.models import Mission
from explor.journey.needs import states as needs
from explor.journey.needs.models import Need
from explor.journey.proposals import states as proposals
from explor.journey.proposals.models import Proposal
from explor.journey.releases import states as releases
from explor.journey.releases.models import Release
from explor.journey.reports import states as reports
from factories import (
    AppealFactory,
    AssociationFactory,
    DecisionFactory,
    EmployerFactory,
    ExpertFactory,
    IncidentFactory,
    MissionFactory,
    NeedFactory,
    ProposalFactory,
    ReleaseFactory,
    ReportFactory,
    SheetFactory,
    TransferFactory,
)

from .world import Side, overseers, routes, side

LIMIT = 25
ROLES = ("reseau", "association", "employeur", "comite", "coordination", "financeur")


class Rows:
    """Creates rows for the roles of one network."""

    def __init__(self, own: Side) -> None:
        self.call = Call.objects.get(slug=own.keys["comite"])
        self.association = Organisation.objects.get(slug=own.keys["association"])
        self.employer = Organisation.objects.get(slug=own.keys["employeur"])

    def need(self, state: str = "admissible") -> Need:
        return NeedFactory(
            state=state,
            network=self.call.network,
            association=self.association,
            project__association=self.association,
            call=self.call,
        )

    def proposal(self, state: str = "agreed") -> Proposal:
        expert = ExpertFactory(network=self.call.network, employer=self.employer)
        decision = DecisionFactory(need=self.need())
        return ProposalFactory(
            decision=decision, expert=expert, state=state, agreed=state == "agreed"
        )

    def release(self, state: str = "agreed") -> Release:
        return ReleaseFactory(
            state=state,
            scheme="MCP",
            requested_scheme="MCP",
            requested_on=timezone.localdate(),
            request_note="Par courriel.",
            proposal=self.proposal(),
        )

    def mission(self, state: str) -> Mission:
        cause = "ZONE" if state in missions.states_where(is_outcome=True) else ""
        return MissionFactory(release=self.release(), state=state, cause=cause)

    def add_before_mission(self) -> None:
        """Create needs, decisions, appeals, proposals and releases in each of their states."""
        for state in needs.State.values:
            self.need(state)
        for state in decisions.State.values:
            DecisionFactory(need=self.need(), state=state)
        for state in decisions.AppealState.values:
            contested = DecisionFactory(need=self.need(), verdict="unfavourable")
            AppealFactory(need=contested.need, state=state)
        for state in proposals.State.values:
            self.proposal(state)
        for state in releases.State.values:
            self.release(state)

    def add_missions(self) -> None:
        """Create missions, incidents and reports in each of their states."""
        for state in missions.State.values:
            IncidentFactory(mission=self.mission(state))
        for state in incidents.State.values:
            IncidentFactory(mission=self.mission("away"), state=state)
        for state in reports.State.values:
            ReportFactory(mission=self.mission("returned"), state=state)

    def add_organisations(self) -> None:
        network = self.call.network
        for state in ("registered", "verified", "suspended"):
            AssociationFactory(network=network, state=state)
            EmployerFactory(network=network, state=state)
        SheetFactory(network=network, state="draft")
        TransferFactory(receiver=network)


def add_rows(own: Side) -> None:
    """Create a row of each kind in each state, for the roles of a network."""
    rows = Rows(own)
    rows.add_before_mission()
    rows.add_missions()
    rows.add_organisations()


def pages(own: Side) -> dict[str, tuple[Client, str]]:
    """Return the pages of each role that name no row, as {URL: (client, role)}."""
    clients = {}
    for role, (person, key) in {
        **{role: (person, own.keys.get(role, "")) for role, person in own.people.items()},
        **overseers(),
    }.items():
        client = Client()
        client.force_login(person)
        clients[role] = (client, key)
    pages = {}
    for route, _ in routes():
        role = route.partition("/")[0]
        if role not in ROLES:
            continue
        client, key = clients[role]
        url = "/" + re.sub(r"<\w+:key>", key, route)
        if "<" not in url:
            pages[url] = (client, role)
    return pages


def counted(pages: dict[str, tuple[Client, str]]) -> dict[str, int]:
    """Return the number of queries of each page that answers 200."""
    counts = {}
    for url, (client, _) in pages.items():
        client.get(url)  # the first visit fills the caches
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(url)
        if answer.status_code == 200:
            counts[url] = len(queries)
    return counts


def test_no_page_of_a_role_runs_more_queries_when_each_state_has_more_rows(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    own = side("Amont")
    for _ in range(2):  # one row of a kind may be shown without the query that several need
        add_rows(own)
    opened = pages(own)
    few = counted(opened)
    for _ in range(2):
        add_rows(own)
    many = counted(opened)
    assert len(few) > 60
    assert {url: (few[url], n) for url, n in many.items() if n > few[url]} == {}
    assert {url: n for url, n in many.items() if n > LIMIT} == {}
