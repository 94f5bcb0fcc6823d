"""The life of a mission, from preparation to its return or to another outcome.

A new outcome is declared here (its state, its `Standing`, its transition), is written as an action
and gets a line among the verbs of `views`: pages, figures and exports read its `Standing`.
"""

from dataclasses import dataclass

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
class Standing:
    """What the rest of the application reads of a state.

    Attributes:
        tone: the tone of its badge.
        activity: the status of the activity in exports, a name of the IATI list, in lower case.
        is_outcome: it ends the mission otherwise than by a return, and asks for a cause.
        is_counted: the mission appears in figures, public pages and exports.
        is_over: nothing more happens on the spot.
        has_left: the expert has travelled.
        travels: the mission includes a journey.
        holds_days: the expert is taken on the days of the mission.
        frees_seat: the seat of the need is free again, for another person.
        needs_report: the file is closed on an accepted report.
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


STANDINGS: dict[State, Standing] = {
    State.PREPARING: Standing(tone="warn", activity="pipeline"),
    State.CLEARED: Standing(tone="good", activity="pipeline"),
    State.AWAY: Standing(tone="info", activity="under_way", has_left=True),
    State.RETURNED: Standing(
        tone="info", activity="finalisation", has_left=True, is_over=True, needs_report=True
    ),
    State.CLOSED: Standing(tone="neutral", activity="closed", has_left=True, is_over=True),
    State.CANCELLED: Standing(
        tone="bad",
        activity="cancelled",
        is_outcome=True,
        is_counted=False,
        travels=False,
        holds_days=False,
        frees_seat=True,
    ),
    State.INTERRUPTED: Standing(
        tone="bad", activity="closed", is_outcome=True, has_left=True, is_over=True
    ),
    State.REMOTE: Standing(
        tone="info",
        activity="closed",
        is_outcome=True,
        is_over=True,
        travels=False,
        holds_days=False,
        needs_report=True,
    ),
}


def standing(state: str) -> Standing:
    """Return the standing of a state, given by its value."""
    return STANDINGS[State(state)]


def states_where(**wanted: bool) -> tuple[str, ...]:
    """Return the values of the states whose standing has all the flags `wanted`, in order."""
    return tuple(
        state.value
        for state, known in STANDINGS.items()
        if all(getattr(known, name) is value for name, value in wanted.items())
    )


PREPARING, CLEARED, AWAY, RETURNED = State.PREPARING, State.CLEARED, State.AWAY, State.RETURNED
CLOSED, CANCELLED = State.CLOSED, State.CANCELLED
INTERRUPTED, REMOTE = State.INTERRUPTED, State.REMOTE
BEFORE = (PREPARING, CLEARED)
TO_CLOSE = tuple(state for state in State if STANDINGS[state].is_over and state != CLOSED)

MISSION = Workflow(
    "mission",
    State,
    T("clear", PREPARING, CLEARED, RESEAU, "Donner le feu vert"),
    T("suspend", CLEARED, PREPARING, (RESEAU, SYSTEME), "Retirer le feu vert", REASON, DANGER),
    T("depart", CLEARED, AWAY, (EXPERT, RESEAU), "Confirmer le départ"),
    T("come_back", AWAY, RETURNED, (EXPERT, RESEAU), "Confirmer le retour"),
    T("close", TO_CLOSE, CLOSED, RESEAU, "Clore la mission"),
    T("postpone", BEFORE, PREPARING, RESEAU, "Reporter", REASON),
    T("cancel", BEFORE, CANCELLED, RESEAU, "Annuler", REASON, DANGER),
    T("interrupt", AWAY, INTERRUPTED, RESEAU, "Interrompre", REASON, DANGER),
    T("go_remote", BEFORE, REMOTE, RESEAU, "Passer à distance", REASON),
)  # fmt: skip


def outcome_of(verb: str) -> Standing:
    """Return the standing of the state to which a verb leads."""
    return standing(next(row.target for row in MISSION.transitions if row.verb == verb))
