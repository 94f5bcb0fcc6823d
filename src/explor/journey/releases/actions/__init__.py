"""Actions on a release, from the request to the employer to the signed agreement and its erasure.

Also on its signatories and their links, and on the clause texts of a network's papers. Unless they
say more, they raise ActionNotAllowed when a rule refuses, EditConflict when `expected_version` is
out of date.
"""

from .agreements import (
    amend,
    ask_employer,
    draw_amendment,
    draw_missing_amendments,
    follow_dates,
    follow_merge,
    request_again,
    set_aside,
)
from .answers import answer_questions, confirm_scheme, keep_reading
from .clauses import adopt_clause, adopt_paper, restore_clause
from .copies import draw_proof_files, draw_signed_copy
from .lines import fill_lines
from .reminders import remind_employers, remind_urgent
from .requests import (
    approve,
    end,
    follow_loss,
    note_assembly,
    note_silence,
    open_release,
    record_request,
    refuse,
    reopen,
)
from .retention import erase_agreements, erase_machines
from .services import note_service_approval
from .signatories import (
    ask_signatories,
    delegate_signature,
    follow_address,
    follow_removal,
    make_chain,
    name_signatory,
    remind_signatories,
    renew_link,
    send_link,
    withdraw_link,
)
from .signatures import Source, conclude, sign, sign_by_link, sign_on_paper
from .takeover import ReleaseBefore, take_over

__all__ = [
    "ReleaseBefore",
    "Source",
    "adopt_clause",
    "adopt_paper",
    "amend",
    "answer_questions",
    "approve",
    "ask_employer",
    "ask_signatories",
    "conclude",
    "confirm_scheme",
    "delegate_signature",
    "draw_amendment",
    "draw_missing_amendments",
    "draw_proof_files",
    "draw_signed_copy",
    "end",
    "erase_agreements",
    "erase_machines",
    "fill_lines",
    "follow_address",
    "follow_dates",
    "follow_loss",
    "follow_merge",
    "follow_removal",
    "keep_reading",
    "make_chain",
    "name_signatory",
    "note_assembly",
    "note_service_approval",
    "note_silence",
    "open_release",
    "record_request",
    "refuse",
    "remind_employers",
    "remind_signatories",
    "remind_urgent",
    "renew_link",
    "reopen",
    "request_again",
    "restore_clause",
    "send_link",
    "set_aside",
    "sign",
    "sign_by_link",
    "sign_on_paper",
    "take_over",
    "withdraw_link",
]
