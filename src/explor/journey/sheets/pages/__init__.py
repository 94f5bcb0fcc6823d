"""URLs, content, versions, panels, tasks and confirmation texts of the pages of project sheets."""

from .content import (
    facts_of,
    folded,
    lead_organisation_facts_of,
    line_of,
    review_of,
    sections_of,
    texts_of,
)
from .effects import (
    effects_of_approve,
    effects_of_ask_correction,
    effects_of_confirm,
    effects_of_correct,
    effects_of_plan,
    effects_of_publish,
    effects_of_remove_photo,
    effects_of_rename,
    effects_of_withdraw,
    effects_of_write,
    notes_of_publish,
)
from .history import versions
from .home import (
    EXPORTED,
    panel_for_association,
    panel_for_mission,
    panel_for_network,
    progress_steps,
    tasks_of_association,
    tasks_of_network,
)
from .links import crumb_of, filters_of, url_of, url_of_writing

__all__ = [
    "EXPORTED",
    "crumb_of",
    "effects_of_approve",
    "effects_of_ask_correction",
    "effects_of_confirm",
    "effects_of_correct",
    "effects_of_plan",
    "effects_of_publish",
    "effects_of_remove_photo",
    "effects_of_rename",
    "effects_of_withdraw",
    "effects_of_write",
    "facts_of",
    "filters_of",
    "folded",
    "lead_organisation_facts_of",
    "line_of",
    "notes_of_publish",
    "panel_for_association",
    "panel_for_mission",
    "panel_for_network",
    "progress_steps",
    "review_of",
    "sections_of",
    "tasks_of_association",
    "tasks_of_network",
    "texts_of",
    "url_of",
    "url_of_writing",
    "versions",
]
