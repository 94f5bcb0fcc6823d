"""Who may act on a need, and what prevents its submission, withdrawal or a link to its partner.

Nothing here changes its arguments.
"""

from datetime import date, datetime

from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.ui import hooks
from explor.journey.eligibility.rules import (
    evaluate,
    failing,
    window_length_problem,
    window_start_problem,
)

from .. import fields
from ..models import Need
from ..states import BEFORE, State
from .completeness import Completeness as Completeness
from .completeness import Part as Part
from .completeness import measure as measure
from .completeness import measured as measured
from .screens import SCREENS as SCREENS
from .screens import Screen as Screen
from .screens import after as after
from .screens import changed_since as changed_since
from .screens import label_of as label_of
from .screens import merge as merge
from .warnings import WarningFacts as WarningFacts
from .warnings import warnings_about as warnings_about

# The fields that a field partner confirms: a change to one of them cancels the confirmation.
CONFIRMED = {"partner", "country", "place", "window_start", "window_end", "days"}

hooks.define("needs:withdrawing", "callable(need) -> list[str]: what holds the need back")


def owns(actor: Actor, need: Need) -> bool:
    """Return whether `actor` acts for the association of the need."""
    return actor.role == "association" and need.association_id == actor.scope


def follows(actor: Actor, need: Need) -> bool:
    """Return whether `actor` is an officer of the network of the need, once it was filed."""
    return actor.role == "reseau" and need.network_id == actor.scope and need.state != State.DRAFT


def can_edit(actor: Actor, need: Need) -> bool:
    """Return whether `actor` acts for the association of the need, which is a draft or returned."""
    return owns(actor, need) and need.state in BEFORE


def can_begin(actor: Actor, association: int) -> bool:
    """Return whether `actor` acts for the association (a primary key), and so may create a need."""
    return actor.role == "association" and actor.scope == association


def can_duplicate(actor: Actor, need: Need) -> bool:
    """Return whether `actor` acts for the association of the need, in any state."""
    return owns(actor, need)


def can_comment(actor: Actor, need: Need) -> bool:
    """Return whether `actor` acts for the association or, once the need was filed, its network."""
    return owns(actor, need) or follows(actor, need)


def can_be_present(actor: Actor, need: Need) -> bool:
    """Return whether `actor` acts for the association of the need, in any state."""
    return owns(actor, need)


def can_ask_partner(actor: Actor, need: Need) -> bool:
    """Return whether `actor` is the association of a need that is not inadmissible or withdrawn."""
    return owns(actor, need) and need.state not in (State.INADMISSIBLE, State.WITHDRAWN)


def missing_to_ask_partner(need: Need) -> list[str]:
    """Return why no link can be sent (no partner, or without address), empty when one can."""
    if need.partner is None or not need.partner.email:
        return ["Le partenaire n’a pas d’adresse électronique : complétez sa fiche."]
    return []


def can_confirm(actor: Actor, need: Need) -> bool:
    """Return whether `actor` holds a personal link as the partner of a need that has not ended."""
    ended = need.state in (State.INADMISSIBLE, State.WITHDRAWN)
    return actor.role == "partenaire" and need.partner_id is not None and not ended


def can_assign(actor: Actor, need: Need) -> bool:
    """Return whether `actor` is an officer of the network, once the need was filed."""
    return follows(actor, need)


def can(actor: Actor, verb: str, need: Need) -> bool:
    """Return whether `actor` is the need's association or network and may do `verb` now."""
    own = owns(actor, need) or (actor.role == "reseau" and need.network_id == actor.scope)
    return own and need.workflow.allows(need.state, verb, actor.role)


def blanks(need: Need) -> list[fields.Field]:
    """Return the fields that are blank and required to file a need."""
    needed = (each for each in fields.FIELDS if each.needed)
    return [each for each in needed if not value_of(need, each.name)]


def value_of(need: Need, name: str) -> object:
    """Return the value of a field of the need; for `languages`, the list of its rows."""
    return list(need.languages.all()) if name == "languages" else getattr(need, name)


def missing_parts(need: Need, today: date) -> list[str]:
    """Return what a need lacks to be assessed: required fields, a possible window of dates."""
    absent = (each.absent or each.use[0].lower() + each.use[1:] for each in blanks(need))
    missing = [f"Il manque : {what}" for what in absent]
    if need.window_start and need.window_end and need.days:
        problem = window_start_problem(need.window_start, today) or window_length_problem(
            need.window_start, need.window_end, need.days
        )
        missing += filter(None, [problem])
    return missing


def barriers(need: Need, *, others: int, at: datetime, deadline_waived: bool = False) -> list[str]:
    """Return why the need breaks the eligibility rules of its call, empty when it does not.

    The rule on the window of dates is left out: `missing_parts` checks it.

    Args:
        others: how many other needs its association has filed on the call.
        at: the moment of filing.
        deadline_waived: whether an officer waives the closing date.
    """
    results = evaluate(need, at=at, others=others, deadline_waived=deadline_waived)
    return [each.why for each in failing(results) if each.code != "fenetre"]


def missing_to_submit(need: Need, *, others: int, at: datetime) -> list[str]:
    """Return the reasons why a need cannot be submitted: blank fields, failing rules.

    Args:
        need: the need, not changed.
        others: how many other needs its association has filed on the call.
        at: the moment of filing.
    """
    return missing_parts(need, timezone.localdate(at)) + barriers(need, others=others, at=at)


def blockers_of_withdraw(need: Need) -> list[str]:
    """Return why later capabilities prevent the withdrawal of the need, empty when they do not."""
    return [reason for ask in hooks.get("needs:withdrawing") for reason in ask(need)]
