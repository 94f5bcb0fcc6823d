"""Storage, encrypted in the session, of a form submitted after the previous session expired."""

import json
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from explor.ground.encryption.cipher import UnreadableValue, seal, unseal

NAME = "unsent"
Fields = list[tuple[str, str]]


def keep(session: SessionBase, *, person: int, path: str, fields: Fields, files: bool) -> None:
    """Store the encrypted form of `path` in the session, for the person with this primary key.

    `files` says whether the form also had files, which are not kept.
    """
    sealed = seal(json.dumps(fields), _place(person, path))
    session[NAME] = {"person": person, "path": path, "sealed": sealed, "files": files}


def kept(session: SessionBase) -> dict[str, Any]:
    """Return the stored form (`person`, `path`, `files`, `sealed`), or {} if there is none."""
    form: dict[str, Any] = session.get(NAME, {})
    return form


def fields_of(form: dict[str, Any]) -> Fields | None:
    """Return the decrypted fields of a stored form; None if they cannot be decrypted any more."""
    try:
        text = unseal(form["sealed"], _place(form["person"], form["path"]))
    except UnreadableValue:
        return None
    return [(name, value) for name, value in json.loads(text)]


def drop(session: SessionBase) -> None:
    """Delete the stored form, if there is one."""
    session.pop(NAME, None)


def _place(person: int, path: str) -> str:
    return f"session.{NAME}:{person}:{path}"
