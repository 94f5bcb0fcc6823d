"""Actions called from the command line, with the form of their page to check what is typed."""

from collections.abc import Callable
from typing import Any

from .failure import Failure


def adding(form: Any, action: Callable[..., Any]) -> Any:
    """Run `action` as the system, with the values of a bound form; return what it returns.

    Raises:
        Failure: the form or the action refuses; one sentence says why.
    """
    from explor.ground.http.actor import SYSTEM
    from explor.ground.http.exceptions import ActionNotAllowed

    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        option = f"--{name} : " if name in form.fields and name != "name" else ""
        raise Failure(option + " ".join(errors), 2)
    try:
        return action(by=SYSTEM, **form.values)
    except ActionNotAllowed as refusal:
        raise Failure(" ".join(refusal.reasons)) from refusal
