"""Data and panel of the eligibility rules of a call, for its pages."""

from typing import Any

from explor.ground.http.request import Request
from explor.ground.ui.parts import Panel
from explor.journey.calls.models import Call

from .rules import RULES, conditions_of, is_on


def rows_of(call: Call) -> list[dict[str, Any]]:
    """Return a dict for each rule that a call may switch on.

    Keys: `code`, `label`, `help`, `on` (whether the call switched it on) and `sentence`, which
    explains it to associations, "" if off.
    """
    return [
        {
            "code": code,
            "label": rule.label,
            "help": rule.help,
            "on": is_on(call, code),
            "sentence": rule.explain(call.eligibility[code]) if is_on(call, code) else "",
        }
        for code, rule in RULES.items()
    ]


def panel_of_call(request: Request, call: Call) -> Panel:
    """Return the panel of the rules of a call, with the link to set them."""
    return Panel(
        title="Règles d’éligibilité",
        template="eligibility/_panel_call.html",
        context={"call": call, "conditions": conditions_of(call)},
    )
