"""What was typed when a session ended: kept encrypted, for its author, in the next session."""

import json
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from explor.ground.encryption.cipher import UnreadableValue, seal, unseal

NAME = "unsent"
Fields = list[tuple[str, str]]


def keep(session: SessionBase, *, person: int, path: str, fields: Fields, files: bool) -> None:
    """Keep the form of `path` for a person; `fields` may hold what other tables encrypt."""
    sealed = seal(json.dumps(fields), _place(person, path))
    session[NAME] = {"person": person, "path": path, "sealed": sealed, "files": files}


def kept(session: SessionBase) -> dict[str, Any]:
    """Return what is kept (`person`, `path`, `files`), {} when nothing is."""
    form: dict[str, Any] = session.get(NAME, {})
    return form


def fields_of(form: dict[str, Any]) -> Fields | None:
    """Return the fields of a form that is kept, None when their key is gone meanwhile."""
    try:
        text = unseal(form["sealed"], _place(form["person"], form["path"]))
    except UnreadableValue:
        return None
    return [(name, value) for name, value in json.loads(text)]


def drop(session: SessionBase) -> None:
    session.pop(NAME, None)


def _place(person: int, path: str) -> str:
    return f"session.{NAME}:{person}:{path}"
