"""Persons, what was sent to those who have no account yet, and the sessions they open."""

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
