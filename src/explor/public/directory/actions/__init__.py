"""Actions on searches followed by email."""

from .alerts import confirm_follow, follow, notify_followers, stop_following

__all__ = [
    "confirm_follow",
    "follow",
    "notify_followers",
    "stop_following",
]
