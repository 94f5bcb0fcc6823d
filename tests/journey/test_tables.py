"""Every state x verb x role of every table: what the table allows happens, the rest is refused."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from explor.ground.audit import actions as audit
from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from factories import (
    AppealFactory,
    AssociationFactory,
    CallFactory,
    DecisionFactory,
    ExpertFactory,
    MeetingFactory,
    MemberImportFactory,
    MissionFactory,
    NeedFactory,
    ProposalFactory,
    ReleaseFactory,
    ReportFactory,
    SheetFactory,
    SheetImportFactory,
    TakeoverFactory,
    TransferFactory,
)

MAKERS = {
    "membership": AssociationFactory,
    "profile": ExpertFactory,
    "member_import": MemberImportFactory,
    "transfer": TransferFactory,
    "call": CallFactory,
    "need": NeedFactory,
    "decision": DecisionFactory,
    "meeting": MeetingFactory,
    "appeal": AppealFactory,
    "proposal": ProposalFactory,
    "release": ReleaseFactory,
    "mission": MissionFactory,
    "report": ReportFactory,
    "sheet": SheetFactory,
    "sheet_import": SheetImportFactory,
    "takeover": TakeoverFactory,
}
# Field values that database constraints require in some states.
NEEDED: dict[str, dict[str, Any]] = {
    "release": {"scheme": "MCP"},
    "mission": {"cause": "ZONE"},
    "decision": {"verdict": "favourable"},
    "meeting": {"digest": "0" * 64},
}


@pytest.mark.parametrize("name", sorted(MAKERS))
@pytest.mark.django_db
def test_each_workflow_transition_is_allowed_only_from_its_states_and_for_its_roles(
    name: str,
) -> None:
    row = MAKERS[name](**NEEDED.get(name, {}))
    model, table = type(row), row.workflow
    assert table.name == name
    for state, verb, role in table.triples():
        model.objects.filter(pk=row.pk).update(state=state)
        before = Entry.objects.count()
        by = Actor(person=1, name="Camille", role=role)
        expected = next(
            (r for r in table.transitions if r.verb == verb and state in r.sources), None
        )
        if expected is None:
            with pytest.raises(ActionNotAllowed):
                audit.transition(row, verb, by=by, reason="parce que")
        elif role not in expected.by:
            with pytest.raises(PermissionDenied):
                audit.transition(row, verb, by=by, reason="parce que")
        else:
            audit.transition(row, verb, by=by, reason="parce que")
            assert model.objects.get(pk=row.pk).state == expected.target
        done = expected is not None and role in expected.by
        assert Entry.objects.count() == before + (1 if done else 0), (state, verb, role)


@pytest.mark.parametrize("name", sorted(MAKERS))
@pytest.mark.django_db
def test_a_transition_that_needs_a_reason_is_refused_without_one(name: str) -> None:
    row = MAKERS[name](**NEEDED.get(name, {}))
    for transition in row.workflow.transitions:
        if transition.needs_reason:
            type(row).objects.filter(pk=row.pk).update(state=transition.sources[0])
            with pytest.raises(ActionNotAllowed, match="motif"):
                audit.transition(row, transition.verb, by=Actor(role=transition.by[0]))
