"""Persons, administrators, invitations, links, sessions, password attempts, factor resets."""

from .people import Administrator, Invitation, Person, PersonalLink, SignInTry
from .resets import FactorReset
from .sessions import Session

__all__ = [
    "Administrator",
    "FactorReset",
    "Invitation",
    "Person",
    "PersonalLink",
    "Session",
    "SignInTry",
]
