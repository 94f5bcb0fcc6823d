"""Permissions on calls, what prevents actions on them, when needs are received, dates years later.

`eligibility` holds the rules that a call sets on needs.
"""

from datetime import date, datetime, timedelta

from django.utils import timezone

from explor.actors.networks.models import Network
from explor.ground.http.actor import Actor

from .models import Call
from .states import State


def can_set(actor: Actor, call: Call) -> bool:
    """Return whether `actor` is an officer of the network of the call, whatever its state."""
    return actor.role == "reseau" and call.network_id == actor.scope


def can_create_funder(actor: Actor) -> bool:
    """Return whether `actor` is an administrator, who may create and change funders."""
    return actor.role == "administration"


def can_draft(actor: Actor, network: Network) -> bool:
    """Return whether `actor` is an officer of the network, who may create a call."""
    return actor.role == "reseau" and network.pk == actor.scope


def can_share(actor: Actor, call: Call) -> bool:
    """Return whether `actor` may share the call: an officer of its lead network, until it ends."""
    return can_set(actor, call) and call.lead_id is None and call.state != State.ENDED


def can_decline(actor: Actor, call: Call) -> bool:
    """Return whether `actor` may turn down a draft call that another network proposed to theirs."""
    return can_set(actor, call) and call.lead_id is not None and call.state == State.DRAFT


def can(actor: Actor, verb: str, call: Call) -> bool:
    """Return whether `actor` may take `verb`: an officer of the network, if the state allows it."""
    return can_set(actor, call) and call.workflow.allows(call.state, verb, actor.role)


def last_instant(call: Call) -> datetime | None:
    """Return when filing closes, grace period included; None for a call without a closing date."""
    if call.closes_at is None:
        return None
    return call.closes_at + timedelta(minutes=call.grace_minutes)


def is_receiving(call: Call, at: datetime) -> bool:
    """Return whether a need may be filed on the call at the moment `at`, grace period included.

    Nothing is filed with a network that left the programme.
    """
    last = last_instant(call)
    return (
        call.network.in_explor
        and call.state == State.OPEN
        and call.opens_at <= at
        and (last is None or at < last)
    )


def missing_to_open(call: Call) -> list[str]:
    """Return why a call cannot be opened, empty when it can.

    Reasons: the network left the programme, the closing date is missing or past, or the call has no
    presentation.
    """
    missing = blockers_of_closing(call)
    if not call.network.in_explor:
        missing.insert(0, "Votre réseau ne participe plus à EXPLOR.")
    if not call.presentation:
        missing.append(
            "Présentez l’appel en quelques lignes : c’est ce que lisent les associations."
        )
    return missing


def blockers_of_closing(call: Call) -> list[str]:
    """Return why the closing date of a call prevents it from being open (missing, past), else [].

    The grace period is included. A rolling call needs no closing date.
    """
    last = last_instant(call)
    if call.rolling:
        return []
    if last is None:
        return ["Donnez une date de clôture, ou choisissez un appel au fil de l’eau."]
    if last <= timezone.now():
        return ["La clôture est passée : déplacez-la à une date à venir."]
    return []


def missing_to_set(call: Call) -> list[str]:
    """Return why the new fields of a call are refused, empty when they are not.

    Reasons: the call cannot change (`missing_to_change`), or its dates are refused
    (`blockers_of_dates`).
    """
    return missing_to_change(call) + blockers_of_dates(call)


def blockers_of_dates(call: Call) -> list[str]:
    """Return why the unsaved new dates of a call are refused, empty when they are not.

    An open call must have a future closing date, or it would close within minutes. A closed call
    keeps its closing date, or gets a future one. The opening cannot be postponed once it is past:
    the needs filed before would be outside the dates.
    """
    stored = Call.objects.get(pk=call.pk)
    received = call.state in (State.OPEN, State.CLOSED)
    if received and stored.opens_at <= timezone.now() < call.opens_at:
        return ["Des associations déposent déjà : l’ouverture ne se repousse plus."]
    moved = (stored.rolling, last_instant(stored)) != (call.rolling, last_instant(call))
    if call.state == State.OPEN or (call.state == State.CLOSED and moved):
        return blockers_of_closing(call)
    return []


def missing_to_change(call: Call) -> list[str]:
    """Return why the rules of a call cannot change, in French, empty when they can.

    Reasons: the call has ended, or it is the copy of a shared call whose lead network still manages
    the original. Once the original has ended, or its network has left the programme, each network
    may change its own copy.
    """
    lead = call.lead
    if lead is not None and lead.state != State.ENDED and lead.network.in_explor:
        return [f"Cet appel est commun : ses règles se changent chez {lead.network}."]
    return ["Cet appel est terminé."] if call.state == State.ENDED else []


def is_settled(call: Call) -> bool:
    """Return whether a call has ended; the row of the missions taken over never counts as ended."""
    return call.state == State.ENDED and not call.of_taken_over


def missing_to_fund(call: Call) -> list[str]:
    """Return why a call receives no more envelope (it has ended), empty when it does."""
    if is_settled(call):
        return ["Cet appel est terminé : aucune enveloppe ne s’y ajoute."]
    return []


def next_year(moment: datetime) -> datetime:
    """Return the same day and minute a year later, in Paris; 29 February becomes 28 February."""
    local = timezone.localtime(moment)
    return timezone.make_aware(
        datetime.combine(next_year_on(local.date()), local.time().replace(second=0, microsecond=0))
    )


def next_year_on(day: date) -> date:
    """Return the same day a year later; 29 February becomes 28 February."""
    return years_after(day, 1)


def years_after(day: date, years: int) -> date:
    """Return the same day `years` years later; 29 February may become 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
