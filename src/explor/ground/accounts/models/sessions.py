"""Sessions stored with their person, so that all sessions of an account can be listed and ended.

`SESSION_ENGINE` names this module, and Django uses its `SessionStore`. A session ends twelve hours
after sign-in, or earlier after a time without activity; `expire_date` holds the end.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

from ..rules import digest_of

STEP = timedelta(minutes=1)  # minimum time between two updates of `active_at`


class Session(AbstractBaseSession):
    """A session kept on the server; `person` is None before someone signs in."""

    person = models.BigIntegerField("personne", null=True, db_index=True)
    opened_at = models.DateTimeField("ouverte le", default=timezone.now)
    active_at = models.DateTimeField("dernière activité", default=timezone.now)
    browser = models.CharField("navigateur", max_length=80, blank=True)

    class Meta(AbstractBaseSession.Meta):
        db_table = "django_session"

    @classmethod
    def get_session_store_class(cls) -> "type[SessionStore]":
        return SessionStore

    @property
    def digest(self) -> str:
        """Return the digest that identifies the session in URLs, in place of its secret key."""
        return digest_of(self.session_key)[:20]


class SessionStore(DatabaseStore):
    """Django's session store, which also saves who signed in, when, and the last activity."""

    row: Session | None = None  # the row as it was loaded

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        self.row = super()._get_session_from_db()  # type: ignore[misc]
        return self.row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]
        row.person = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.opened_at = self._opened_at(data)
        row.browser = data.get("browser", "")
        row.expire_date = self._end(row.opened_at, row.active_at)
        return row

    def open(self, *, browser: str, idle: timedelta) -> None:
        """Record that a person signed in with a browser, and the allowed time without activity."""
        self.update({"opened_at": timezone.now().timestamp(), "browser": browser})
        self.allow(idle)

    def allow(self, idle: timedelta) -> None:
        """Set how long the session lasts without activity."""
        if idle != self.idle:
            self["idle"] = int(idle.total_seconds())

    @property
    def idle(self) -> timedelta:
        """Return how long the session lasts without activity."""
        return timedelta(seconds=self.get("idle") or settings.SESSION_IDLE)

    @property
    def idle_minutes(self) -> int:
        """Return how many minutes the session lasts without activity, for the pages."""
        return int(self.idle.total_seconds()) // 60

    @property
    def seconds_left(self) -> int:
        """Return the number of seconds before the session ends if there is no activity."""
        left = self.row.expire_date - timezone.now() if self.row else self.idle
        return int(left.total_seconds())

    @property
    def is_stale(self) -> bool:
        """Return whether the last recorded activity is more than a minute old."""
        return self.row is not None and timezone.now() - self.row.active_at >= STEP

    def touch(self) -> None:
        """Record an activity; the session then ends later, at most twelve hours after sign-in."""
        if self.row:
            self.row.active_at = timezone.now()
            self.row.expire_date = self._end(self.row.opened_at, self.row.active_at)
            changes = {"active_at": self.row.active_at, "expire_date": self.row.expire_date}
            Session.objects.filter(pk=self.row.pk).update(**changes)

    def _opened_at(self, data: dict[str, Any]) -> datetime:
        """Return when the person signed in to this session, or the current time if nobody has."""
        moment = data.get("opened_at")
        return datetime.fromtimestamp(moment, tz=UTC) if moment else timezone.now()

    def _end(self, opened_at: datetime, active_at: datetime) -> datetime:
        latest = opened_at + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        return min(latest, active_at + self.idle)
