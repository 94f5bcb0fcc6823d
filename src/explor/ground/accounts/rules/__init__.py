"""Rules of secret links and sessions, and permissions of an administrator on an account."""

import hashlib
import re
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from explor.ground.http.actor import Actor, Role
from explor.ground.roles.registry import role_types

ERASED = "Personne effacée"  # replaces the name of a person whose data were erased

if TYPE_CHECKING:
    from ..models import FactorReset, Person

ONESELF = "Ce compte est le vôtre : une autre personne doit le faire."
LAST = "C’est le dernier compte d’administration ouvert : invitez d’abord quelqu’un d’autre."

# The order matters, since a browser also names the browsers that it resembles.
BROWSERS = (
    ("Edg(e|A|iOS)?/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/|FxiOS/", "Firefox"),
    ("Chrome/|CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
MACHINES = (
    ("iPhone", "sur iPhone"),
    ("iPad", "sur iPad"),
    ("Android", "sous Android"),
    ("Windows", "sous Windows"),
    ("Mac OS X", "sous macOS"),
    ("CrOS", "sous ChromeOS"),
    ("Linux", "sous Linux"),
)


def digest_of(secret: str) -> str:
    """Return the SHA-256 digest, in hexadecimal, of a long random secret (so no salt is needed)."""
    return hashlib.sha256(secret.encode()).hexdigest()


def browser_of(user_agent: str) -> str:
    """Return the browser and system of a `User-Agent` header, such as « Firefox sous Windows »."""
    browser = next((name for pattern, name in BROWSERS if re.search(pattern, user_agent)), "")
    machine = next((name for word, name in MACHINES if word in user_agent), "")
    return f"{browser or 'Navigateur inconnu'} {machine}".rstrip()


def idle_of(roles: Iterable[Role]) -> timedelta:
    """Return how long a session lasts without activity, shorter if a role needs a second factor."""
    types = role_types()
    exposed = any(types[role.kind].second_factor for role in roles)
    return timedelta(seconds=settings.SESSION_IDLE_EXPOSED if exposed else settings.SESSION_IDLE)


def can_administer(actor: Actor) -> bool:
    """Return whether `actor` may manage accounts, roles and personal links: administrators only."""
    return actor.role == "administration"


def can_decide_reset(actor: Actor) -> bool:
    """Return whether `actor` may decide on requests to remove a second factor: administrators only.

    `blockers_of_decision` returns why they may not approve a given request.
    """
    return actor.role == "administration"


def blockers_of_lock(actor: Actor, person: "Person", others: int) -> list[str]:
    """Return the reasons why `actor` cannot lock the account of `person`, in French; [] if none.

    Args:
        others: the number of administrators other than `person` whose account is not locked.
    """
    if not person.is_active:
        return ["Ce compte est déjà fermé."]
    return blockers_of_withdrawal(actor, person, others)


def blockers_of_withdrawal(actor: Actor, person: "Person", others: int) -> list[str]:
    """Return, in French, why `actor` cannot withdraw the administrator role of `person`; else [].

    Args:
        others: the number of administrators other than `person` whose account is not locked.
    """
    if actor.person == person.pk:
        return [ONESELF]
    return [] if others else [LAST]


def blockers_of_request(
    actor: Actor, person: "Person", has_factor: bool, has_request: bool
) -> list[str]:
    """Return, in French, why `actor` cannot request to remove a second factor of `person`; else [].

    Args:
        has_factor: whether `person` has a second factor.
        has_request: whether such a request is already pending for `person`.
    """
    if actor.person == person.pk:
        return [ONESELF]
    if has_request:
        return ["Une demande est déjà en attente pour cette personne."]
    return [] if has_factor else ["Cette personne n’a pas de second facteur."]


def blockers_of_decision(actor: Actor, reset: "FactorReset") -> list[str]:
    """Return why `actor` cannot approve the request: they made it or are its subject; else []."""
    if actor.person == reset.requested_by:
        return ["Vous avez fait la demande : une autre personne doit l’approuver."]
    return [ONESELF] if actor.person == reset.person_id else []
