"""Workflow of a mission, from preparation to its return or to another outcome.

To add an outcome, declare here its state, its `StateProperties` and its transition, write its
action, and add it to the verbs in `views`. Pages, figures and exports depend on its
`StateProperties` only.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from explor.ground.workflow.table import DANGER, REASON, T, Workflow

RESEAU, EXPERT, SYSTEME = "reseau", "expert", "systeme"


class State(TextChoices):
    PREPARING = "preparing", "en préparation"
    CLEARED = "cleared", "feu vert donné"
    AWAY = "away", "en mission"
    RETURNED = "returned", "au retour"
    CLOSED = "closed", "close"
    CANCELLED = "cancelled", "annulée"
    INTERRUPTED = "interrupted", "interrompue"
    REMOTE = "remote", "faite à distance"


@dataclass(frozen=True, kw_only=True)
class StateProperties:
    """The properties of a state that the rest of the application depends on.

    Attributes:
        tone: the colour tone of its badge.
        activity: the activity status in exports, a name of the IATI code list in lower case.
        is_outcome: it ends the mission otherwise than by a planned return, and requires a cause.
        is_counted: the mission appears in figures, public pages and exports.
        is_over: the work of the mission has ended.
        has_left: the expert has travelled.
        travels: the mission includes a journey.
        holds_days: the expert cannot take another mission on the days of this one.
        frees_seat: the seat of the need is free again, for another person.
        needs_report: the mission cannot be closed before its report is accepted.
    """

    tone: str
    activity: str
    is_outcome: bool = False
    is_counted: bool = True
    is_over: bool = False
    has_left: bool = False
    travels: bool = True
    holds_days: bool = True
    frees_seat: bool = False
    needs_report: bool = False


PROPERTIES: dict[State, StateProperties] = {
    State.PREPARING: StateProperties(tone="warn", activity="pipeline"),
    State.CLEARED: StateProperties(tone="good", activity="pipeline"),
    State.AWAY: StateProperties(tone="info", activity="under_way", has_left=True),
    State.RETURNED: StateProperties(
        tone="info", activity="finalisation", has_left=True, is_over=True, needs_report=True
    ),
    State.CLOSED: StateProperties(tone="neutral", activity="closed", has_left=True, is_over=True),
    State.CANCELLED: StateProperties(
        tone="bad",
        activity="cancelled",
        is_outcome=True,
        is_counted=False,
        travels=False,
        holds_days=False,
        frees_seat=True,
    ),
    State.INTERRUPTED: StateProperties(
        tone="bad", activity="closed", is_outcome=True, has_left=True, is_over=True
    ),
    State.REMOTE: StateProperties(
        tone="info",
        activity="closed",
        is_outcome=True,
        is_over=True,
        travels=False,
        holds_days=False,
        needs_report=True,
    ),
}


def properties_of(state: str) -> StateProperties:
    """Return the `StateProperties` of a state, given the value of the state."""
    return PROPERTIES[State(state)]


def states_where(**wanted: bool) -> tuple[str, ...]:
    """Return the values of the states whose properties match all `wanted` flags, in order."""
    return tuple(
        state.value
        for state, known in PROPERTIES.items()
        if all(getattr(known, name) is value for name, value in wanted.items())
    )


@dataclass(frozen=True, kw_only=True)
class Stay:
    """The days of a mission abroad, both ends included: real once recorded, planned before.

    Attributes:
        start_is_real: the day of the departure was recorded.
        end_is_real: the day of the return was recorded.
    """

    start: date
    end: date
    start_is_real: bool
    end_is_real: bool

    @property
    def days(self) -> int:
        """Return the number of days, both ends included."""
        return (self.end - self.start).days + 1

    @property
    def is_real(self) -> bool:
        """Return True when both days were recorded."""
        return self.start_is_real and self.end_is_real


def stay_of(
    *,
    state: str,
    closed_from: str,
    start: date,
    end: date,
    departed_on: date | None,
    returned_on: date | None,
) -> Stay | None:
    """Return the days that a mission takes abroad, or None for a mission without travel.

    The only source of these days: pages, papers, exports and figures all use this function.

    Args:
        state: the state of the mission.
        closed_from: the state that a closed mission had before, "" for any other mission.
        start: the planned departure.
        end: the planned return.
        departed_on: the day of the departure, once recorded.
        returned_on: the day of the return, once recorded.
    """
    if not properties_of(closed_from or state).travels:
        return None
    return Stay(
        start=departed_on or start,
        end=returned_on or end,
        start_is_real=departed_on is not None,
        end_is_real=returned_on is not None,
    )


# The states in which a mission that began before Explor is imported; its clearance is given later.
TAKEN_OVER = (State.PREPARING, State.AWAY, State.RETURNED, State.CLOSED)
PREPARING, CLEARED, AWAY, RETURNED = State.PREPARING, State.CLEARED, State.AWAY, State.RETURNED
CLOSED, CANCELLED = State.CLOSED, State.CANCELLED
INTERRUPTED, REMOTE = State.INTERRUPTED, State.REMOTE
BEFORE = (PREPARING, CLEARED)
TO_CLOSE = tuple(state for state in State if PROPERTIES[state].is_over and state != CLOSED)
UNREPORTED = tuple(state for state in TO_CLOSE if PROPERTIES[state].needs_report)
BACK = tuple(state for state in TO_CLOSE if PROPERTIES[state].has_left)

MISSION = Workflow(
    "mission",
    State,
    T("clear", PREPARING, CLEARED, RESEAU, "Donner le feu vert"),
    T("suspend", CLEARED, PREPARING, (RESEAU, SYSTEME), "Retirer le feu vert", REASON, DANGER),
    T("depart", CLEARED, AWAY, (EXPERT, RESEAU), "Confirmer le départ"),
    T("undo_departure", AWAY, CLEARED, RESEAU, "Retirer le départ noté", REASON, DANGER),
    T("come_back", AWAY, RETURNED, (EXPERT, RESEAU), "Confirmer le retour"),
    T("undo_return", BACK, AWAY, RESEAU, "Retirer le retour noté", REASON, DANGER),
    T("close", TO_CLOSE, CLOSED, RESEAU, "Clore la mission"),
    T("close_without_report", UNREPORTED, CLOSED, RESEAU,
      "Clore sans compte rendu", REASON, DANGER),
    T("postpone", BEFORE, PREPARING, RESEAU, "Reporter", REASON),
    T("cancel", BEFORE, CANCELLED, RESEAU, "Annuler", REASON, DANGER),
    T("interrupt", AWAY, INTERRUPTED, RESEAU, "Interrompre", REASON, DANGER),
    T("go_remote", BEFORE, REMOTE, RESEAU, "Passer à distance", REASON),
)  # fmt: skip


def outcome_of(verb: str) -> StateProperties:
    """Return the properties of the state of a mission to which a verb leads."""
    return properties_of(next(row.target for row in MISSION.transitions if row.verb == verb))
