"""Whom to recruit."""

from .model import Settings
from .plan_model import Wanted
from .problem import Solution
from .round import Round


def wanted(prepared: Round, found: Solution, settings: Settings) -> tuple[Wanted, ...]:
    return ()
