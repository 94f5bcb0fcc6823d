"""Execution of actions from the command line, with the validation of the web form."""

from argparse import Namespace
from collections.abc import Callable
from typing import Any

from .failure import Failure


def acting(form: Any, action: Callable[..., Any]) -> Any:
    """Run `action` as the system actor, with the values of a bound form; return its result.

    Raises:
        Failure: the form is invalid or the action is refused; the message states the reason.
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


def edited(form_class: Any, args: Namespace) -> tuple[Any, Any]:
    """Return the object whose slug is `args.key`, and its form, bound to the values after the edit.

    The values are the current ones, replaced by the options of the command.

    Raises:
        Failure: no object has this slug, or no option is given.
    """
    from django.forms import model_to_dict

    row = form_class.Meta.model.objects.filter(slug=args.key).first()
    if row is None:
        name = form_class.Meta.model._meta.verbose_name
        raise Failure(f"aucun {name} n’a l’identifiant « {args.key} ».", 2)
    present = model_to_dict(row, fields=form_class.Meta.fields)
    given = {name: value for name in present if (value := getattr(args, name, None)) is not None}
    if not given:
        raise Failure("dites ce qui change, par exemple --name.", 2)
    drawn = {name: form_class.base_fields[name].prepare_value(present[name]) for name in present}
    return row, form_class({**drawn, **given}, instance=row)
