"""URLs, tasks, panels, letters and texts for the pages of decisions, and for the minutes."""

from .effects import (
    blockers_of_announce,
    blockers_of_decide,
    blockers_of_reconsider,
    blockers_of_request_review,
    blockers_of_write_letter,
    effects_of_announce,
    effects_of_decide,
    effects_of_grant,
    effects_of_reconsider,
    effects_of_request_review,
    effects_of_unschedule,
    effects_of_uphold,
    effects_of_write_letter,
    letter_to_read,
    options_of_announce,
    options_of_decide,
    url_of,
    url_of_appeal,
    url_of_letters,
    url_of_need,
)
from .home import tasks_of_network
from .letters import letter_of, letters_to_read, original_text
from .meetings import for_meeting, meeting_rows, minutes_of, needs_closed
from .money import blockers_of_cut, uses_of_envelope
from .panels import for_call, for_need, ranking_links_of_member, ranking_links_of_network, steps
from .templates import (
    effects_of_edit_template,
    options_of_template,
    template_rows,
    verdict_slug,
)
from .votes import votes_of

__all__ = [
    "blockers_of_announce",
    "blockers_of_cut",
    "blockers_of_decide",
    "blockers_of_reconsider",
    "blockers_of_request_review",
    "blockers_of_write_letter",
    "effects_of_announce",
    "effects_of_decide",
    "effects_of_edit_template",
    "effects_of_grant",
    "effects_of_reconsider",
    "effects_of_request_review",
    "effects_of_unschedule",
    "effects_of_uphold",
    "effects_of_write_letter",
    "for_call",
    "for_meeting",
    "for_need",
    "letter_of",
    "letter_to_read",
    "letters_to_read",
    "meeting_rows",
    "minutes_of",
    "needs_closed",
    "options_of_announce",
    "options_of_decide",
    "options_of_template",
    "original_text",
    "ranking_links_of_member",
    "ranking_links_of_network",
    "steps",
    "tasks_of_network",
    "template_rows",
    "url_of",
    "url_of_appeal",
    "url_of_letters",
    "url_of_need",
    "uses_of_envelope",
    "verdict_slug",
    "votes_of",
]
