"""The result of one check of an installation."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The result of one check, in French.

    Args:
        what: what is checked.
        fine: whether the check passed.
        said: what was observed.
        mend: how to fix the problem.
        matters: false when a failure is only a remark."""

    what: str
    fine: bool
    said: str
    mend: str = ""
    matters: bool = True
