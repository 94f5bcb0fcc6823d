"""Actions on a release: the employer grants it, the agreement is drawn, amended and signed."""

from .agreements import amend, draw_amendment, request_again, set_aside
from .answers import answer_questions, confirm_scheme, keep_reading
from .clauses import adopt_clause, adopt_paper, restore_clause
from .requests import (
    approve,
    end,
    follow_loss,
    note_assembly,
    note_silence,
    open_release,
    record_request,
    refuse,
    remind_employers,
)
from .signatures import conclude, sign

__all__ = [
    "adopt_clause",
    "adopt_paper",
    "amend",
    "answer_questions",
    "approve",
    "conclude",
    "confirm_scheme",
    "draw_amendment",
    "end",
    "follow_loss",
    "keep_reading",
    "note_assembly",
    "note_silence",
    "open_release",
    "record_request",
    "refuse",
    "remind_employers",
    "request_again",
    "restore_clause",
    "set_aside",
    "sign",
]
