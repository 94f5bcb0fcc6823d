"""The result of one check of an installation."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The result of one check, in French.

    Args:
        what: the name of the check.
        fine: whether the check passed.
        observed: the state that was found.
        fix: how to fix the problem.
        matters: False if a failure is only a remark.
    """

    what: str
    fine: bool
    observed: str
    fix: str = ""
    matters: bool = True
