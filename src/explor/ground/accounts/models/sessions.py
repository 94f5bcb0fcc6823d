"""Sessions stored with their person, so that the sessions of an account can be listed and ended.

`SESSION_ENGINE` names this module: Django reads `SessionStore` in it.
"""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone


class Session(AbstractBaseSession):
    """A session kept on the server; `person` is None before someone signs in."""

    person = models.BigIntegerField("personne", null=True, db_index=True)
    opened_at = models.DateTimeField("ouverte le", default=timezone.now)

    class Meta(AbstractBaseSession.Meta):
        db_table = "django_session"

    @classmethod
    def get_session_store_class(cls) -> "type[SessionStore]":
        return SessionStore


class SessionStore(DatabaseStore):
    """Django's session store, which also saves the person and the moment of the sign-in."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]
        row.person = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.opened_at = _opened_at(data)
        return row


def _opened_at(data: dict[str, Any]) -> datetime:
    """Return when the person signed in to this session, or the current time if nobody did."""
    methods = data.get("account_authentication_methods") or [{}]
    moment = methods[0].get("at")
    return datetime.fromtimestamp(moment, tz=UTC) if moment else timezone.now()
