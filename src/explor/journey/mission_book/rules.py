"""Permissions on a mission book, the days to write, and the validity of device keys."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.crypto import salted_hmac

from explor.ground.http.actor import Actor
from explor.journey.missions.models import Mission
from explor.journey.missions.states import State, states_where

from .models import ANSWERS, Device, DiaryEntry

# The states in which a book is written: a departure may be confirmed late, for want of network.
WRITTEN = {State.CLEARED, *states_where(has_left=True)} - {State.CLOSED}
UNDER_WAY = (State.CLEARED, State.AWAY)  # once the first day has come
EARLY = timedelta(days=1)  # a day begins up to fourteen hours earlier elsewhere than in Paris
GRACE = timedelta(days=7)  # for what was written on the spot and is sent once back
MOST_DEVICES = 5  # that keep one book at the same time
SIGN_IN = "Vos notes restent sur ce téléphone : connectez-vous pour les envoyer."
CLOSED = "Ce carnet ne s’écrit plus"
WITHDRAWN = f"Ce téléphone a été retiré du carnet. {SIGN_IN}"


def digest_of_key(key: str) -> str:
    """Return the keyed digest under which the key of a device is stored."""
    return salted_hmac("explor.mission_book.key", key, algorithm="sha256").hexdigest()


def can_read(actor: Actor, mission: Mission) -> bool:
    """Return True for the expert of the mission and for the officers of its network."""
    own = {"expert": mission.expert_id, "reseau": mission.network_id}
    return actor.scope is not None and own.get(actor.role) == actor.scope


def days_of(mission: Mission, today: date) -> tuple[date, date] | None:
    """Return the first and last day open to diary entries; None over a day before the mission.

    None too for a mission without journey.
    """
    stay = mission.stay
    if stay is None or stay.start > today + EARLY:
        return None
    return stay.start, min(stay.end, today + EARLY)


def can_write(actor: Actor, mission: Mission, today: date) -> bool:
    """Return True for the expert, from a day before a cleared mission begins until it closes."""
    return _is_expert(actor, mission) and days_of(mission, today) is not None


def can_correct(actor: Actor, entry: DiaryEntry) -> bool:
    """Return True for the expert of the mission of an entry, once cleared and until it closes."""
    return _is_expert(actor, entry.mission)


def _is_expert(actor: Actor, mission: Mission) -> bool:
    own = actor.role == "expert" and mission.expert_id == actor.scope
    return own and mission.state in WRITTEN


def can_keep(actor: Actor, mission: Mission, today: date) -> bool:
    """Return True for the expert of a cleared or begun mission, until the device keys expire."""
    end = ends_on(mission)
    return _is_expert(actor, mission) and end is not None and today <= end


def can_withdraw(actor: Actor, device: Device) -> bool:
    """Return True for the owner of a device, and for the officers of the network."""
    if actor.role == "expert":
        return bool(device.person_id == actor.person)
    return actor.role == "reseau" and bool(device.mission.network_id == actor.scope)


def ends_on(mission: Mission) -> date | None:
    """Return the last day on which device keys of a mission work; None without travel."""
    return mission.stay.end + GRACE if mission.stay else None


def missing_to_write(answers: Mapping[str, str]) -> list[str]:
    """Return a reason when the three answers of a diary entry are blank, else []."""
    if any(answers[name].strip() for name in ANSWERS):
        return []
    return ["Répondez à une question au moins."]


def blockers_of_day(mission: Mission, day: date, today: date) -> list[str]:
    """Return a reason when a diary day is outside the mission or in the future, else []."""
    if (days := days_of(mission, today)) is None:
        return ["Le carnet s’ouvre le premier jour de la mission."]
    first, last = days
    if first <= day <= last:
        return []
    return [f"Donnez un jour de la mission, du {first:%d/%m/%Y} au {last:%d/%m/%Y}."]


def missing_to_change(mission: Mission) -> list[str]:
    """Return why a diary cannot change (mission not cleared, cancelled or closed), else []."""
    return [] if mission.state in WRITTEN else [f"{CLOSED}."]


def moved_day(entry: DiaryEntry, day: date) -> list[str]:
    """Return a reason when `day` differs from the day of the diary entry, else []."""
    if day == entry.day:
        return []
    return [f"Le jour d’une note ne change pas : remettez le {entry.day:%d/%m/%Y}."]


def missing_to_keep(kept: int) -> list[str]:
    """Return a reason when the maximum number of devices keep this book already, else []."""
    if kept < MOST_DEVICES:
        return []
    return [f"{MOST_DEVICES} téléphones gardent déjà ce carnet : retirez-en un d’abord."]


def missing_to_withdraw(device: Device) -> list[str]:
    """Return a reason when a device was withdrawn already, else []."""
    return ["Ce téléphone est déjà retiré."] if device.revoked_at else []


def can_send(device: Device, *, holds_role: bool, today: date) -> bool:
    """Return True while the key of a device is valid, see `refusal_of`."""
    return not refusal_of(device, holds_role=holds_role, today=today)


def refusal_of(device: Device, *, holds_role: bool, today: date) -> str:
    """Return a sentence on why the key of a device is no longer valid, "" when it is valid.

    Args:
        holds_role: whether the person is still the expert of the mission.
    """
    mission = device.mission
    end = ends_on(mission)
    if device.revoked_at:
        return WITHDRAWN
    if not (device.person.is_active and holds_role):
        return "Ce compte n’ouvre plus ce carnet. Écrivez à votre réseau : vos notes restent ici."
    if mission.state not in WRITTEN:
        return f"{CLOSED}. Écrivez à votre réseau : vos notes restent ici."
    if end is None or today > end:
        return f"La mission est finie depuis plus de {GRACE.days} jours. {SIGN_IN}"
    return ""
