"""Who may follow a search by email, and who may confirm or stop it."""

from secrets import compare_digest

from .models import Alert

LONGEST_SEARCH = Alert._meta.get_field("search").max_length or 0


def can_follow(search: str) -> bool:
    """Return whether this search may be followed: by anyone, if it is short enough to store."""
    return len(search) <= LONGEST_SEARCH


def can_answer(alert: Alert, token: str) -> bool:
    """Return whether `token` is that of the alert, which lets its holder confirm or stop it."""
    return compare_digest(alert.token, token)
