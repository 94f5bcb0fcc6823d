"""Who may follow a search by email, and who may confirm or stop it."""

from secrets import compare_digest

from .models import Alert

LONGEST_SEARCH = Alert._meta.get_field("search").max_length or 0


def can_follow(search: str) -> bool:
    """Let anyone follow a search that can be kept, without an account."""
    return len(search) <= LONGEST_SEARCH


def can_answer(alert: Alert, token: str) -> bool:
    """Let whoever holds the personal link of an alert confirm it or stop it."""
    return compare_digest(alert.token, token)
