"""Why the duration or the window of a need is out of its bounds, and counts in French."""

from datetime import date, timedelta

from django.utils import timezone


def count(number: int, word: str) -> str:
    """Return a number with its French unit, plural if needed: « 1 an », « 2 ans »."""
    return f"{number} {word}{'s' if number > 1 and not word.endswith('s') else ''}"


# Bounds are checked here only; forms and actions call these functions.


def duration_problem(days: int, shortest: int, longest: int) -> str:
    """Return why a duration in days is out of the bounds of a call, "" when it is within them."""
    if shortest <= days <= longest:
        return ""
    return f"{count(days, 'jour')} : l’appel demande {shortest} à {longest}."


def window_start_problem(start: date, on: date) -> str:
    """Return why a window cannot begin on `start` for a need filed on day `on`, "" when it can."""
    if start > on:
        return ""
    day = "aujourd’hui" if on == timezone.localdate() else f"le {on:%d/%m/%Y}"
    return f"La fenêtre doit commencer après {day}."


def window_length_problem(start: date, end: date, days: int | None) -> str:
    """Return why a window cannot hold `days` days, or ends before it begins; "" if it is valid."""
    if end < start:
        return "La fenêtre se termine avant de commencer."
    if days and start + timedelta(days=days - 1) > end:
        return "La fenêtre est plus courte que la mission."
    return ""
