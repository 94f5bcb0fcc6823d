"""Every action on a mission, in every state and for every role."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from explor.ground.audit.models import Entry
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.missions import actions, rules
from explor.journey.missions.models import Mission
from explor.journey.missions.states import MISSION, State
from factories import (
    NetworkFactory,
    ReportFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
)
from support.missions import CAUSED, on, prepared

VERBS = list(dict.fromkeys(row.verb for row in MISSION.transitions))
PAIRS = [(state, verb) for state in State.values for verb in VERBS]


def arguments_of(verb: str) -> dict[str, Any]:
    if verb in ("suspend", "undo_departure", "undo_return", "close_without_report"):
        return {"reason": "Alerte."}
    if verb in ("depart", "come_back"):
        return {"on": on(0)}
    if verb == "postpone":
        return {"reason": "Pluies.", "start": on(60), "end": on(69)}
    if verb == "interrupt":
        return {"reason": "Route coupée.", "cause": "ZONE", "on": on(0)}
    if verb in ("cancel", "go_remote"):
        return {"reason": "Route coupée.", "cause": "ZONE"}
    return {}


def as_planned(state: str) -> dict[str, Any]:
    """Return the fields of a mission in `state` on which nothing was recorded yet."""
    days = {"start": on(0), "end": on(9), "departed_on": None, "returned_on": None}
    return {**days, "state": state, "closed_from": "", "cause": "ZONE" if state in CAUSED else ""}


def actors(mission: Mission) -> list[Actor]:
    return [
        officer_actor(mission.network),
        expert_actor(mission.expert),
        association_actor(mission.association),
        employer_actor(mission.employer),
        SYSTEM,
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "verb"), PAIRS)
def test_each_action_moves_a_mission_to_the_state_declared_in_the_workflow(
    state: str, verb: str
) -> None:
    mission = prepared(state=state)
    if verb == "close":
        ReportFactory(mission=mission, state="accepted")
    if verb == "close_without_report":
        ReportFactory(mission=mission, due=on(-31))
    rows = [row for row in MISSION.transitions if row.verb == verb and state in row.sources]
    for actor in actors(mission):
        Mission.objects.filter(pk=mission.pk).update(**as_planned(state))
        mission.refresh_from_db()
        allowed = bool(rows) and actor.role in rows[0].by
        assert rules.can(actor, verb, mission) is allowed
        before = Entry.objects.about(mission).count()
        if allowed:
            getattr(actions, verb)(mission, by=actor, **arguments_of(verb))
            mission.refresh_from_db()
            last = Entry.objects.about(mission).last()
            assert mission.state == rows[0].target
            assert (last.verb, last.source, last.target) == (verb, state, rows[0].target)
        else:
            with pytest.raises(PermissionDenied if rows else ActionNotAllowed):
                getattr(actions, verb)(mission, by=actor, **arguments_of(verb))
            mission.refresh_from_db()
            assert mission.state == state
        assert Entry.objects.about(mission).count() == before + allowed


@pytest.mark.django_db
def test_parties_to_other_missions_are_allowed_no_action_on_a_mission() -> None:
    mission = prepared()
    others = [officer_actor(NetworkFactory()), *actors(prepared())[:-1]]
    assert [
        (actor.role, state, verb)
        for actor in others
        for state, verb in PAIRS
        if rules.can(actor, verb, Mission(**{**vars_of(mission), "state": state}))
    ] == []


def vars_of(mission: Mission) -> dict[str, Any]:
    return {field.attname: getattr(mission, field.attname) for field in Mission._meta.fields}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "verb",
    [
        *("suspend", "postpone", "cancel", "interrupt", "go_remote"),
        *("undo_departure", "undo_return"),
    ],
)
def test_suspending_postponing_ending_or_undoing_requires_a_reason(verb: str) -> None:
    row = next(row for row in MISSION.transitions if row.verb == verb)
    mission = prepared(state=row.sources[0])
    with pytest.raises(ActionNotAllowed, match="Un motif est demandé"):
        getattr(actions, verb)(
            mission, by=officer_actor(mission.network), **{**arguments_of(verb), "reason": "  "}
        )
