"""Data for the pages of organisations: effects of verbs, links, table rows, tasks."""

from .effects import (
    blockers_of_remove_member,
    done_of_remove_member,
    effects_of_refuse,
    effects_of_register_again,
    effects_of_remove_member,
    effects_of_remove_paper,
    effects_of_revoke_links,
    effects_of_suspend,
    effects_of_verify,
    effects_of_verify_again,
    notes_of_register_again,
    title_of_remove_member,
    title_of_remove_paper,
)
from .links import (
    crumb_of_member,
    crumb_of_paper,
    url_of,
    url_of_member,
    url_of_paper,
    url_of_partner,
)
from .rows import EXPORTED, TONES, facts_of, paper_rows
from .tasks import tasks_of_member, tasks_of_network

__all__ = [
    "EXPORTED",
    "TONES",
    "blockers_of_remove_member",
    "crumb_of_member",
    "crumb_of_paper",
    "done_of_remove_member",
    "effects_of_refuse",
    "effects_of_register_again",
    "effects_of_remove_member",
    "effects_of_remove_paper",
    "effects_of_revoke_links",
    "effects_of_suspend",
    "effects_of_verify",
    "effects_of_verify_again",
    "facts_of",
    "notes_of_register_again",
    "paper_rows",
    "tasks_of_member",
    "tasks_of_network",
    "title_of_remove_member",
    "title_of_remove_paper",
    "url_of",
    "url_of_member",
    "url_of_paper",
    "url_of_partner",
]
