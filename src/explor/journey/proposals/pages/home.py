"""Tasks on home pages: needs to fill, reserves that end soon, proposals to answer."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.ui.parts import Task
from explor.journey.needs.models import Need

from .. import selectors
from .rows import shortlist_url, url_of

SEARCHES_SHOWN = 5  # needs listed one by one on the home page of a network
RESERVES_SHOWN = 10
ANSWERS_SHOWN = 50
WHY = {
    "expert": "{need.association} cherche votre expertise.",
    "association": "{person} est une personne proposée pour votre besoin.",
    "employeur": "{person} pourrait partir : votre accord de principe est demandé.",
}


def _named(need: Need) -> str:
    """Return the title and the number of a need, as several needs may share a title."""
    return f"{need.title} ({need.file_number})"


def searches_to_do(actor: Actor) -> list[Task]:
    """Return a task for each of the five earliest needs with a free seat, and one for the rest."""
    needs = selectors.searches_open(actor).order_by("window_start", "pk")
    rows = list(needs[: SEARCHES_SHOWN + 1])
    lines = [
        Task(
            title=f"Chercher une expertise : {_named(need)}",
            url=shortlist_url(actor, need.pk),
            why=_why_search(need),
        )
        for need in rows[:SEARCHES_SHOWN]
    ]
    if len(rows) > SEARCHES_SHOWN:
        others = rows[0].together - SEARCHES_SHOWN
        title = "Chercher une expertise pour un autre besoin"
        if others > 1:
            title = f"Chercher une expertise pour {others} autres besoins"
        url = reverse("shortlists:reseau_searches", args=[actor.key])
        lines.append(Task(title=title, url=url, why="Un plan d’ensemble les sert tous."))
    return lines


def _why_search(need: Any) -> str:
    free = need.free_seats
    why = "Une place à pourvoir." if free == 1 else f"{free} places à pourvoir."
    if names := ", ".join(need.in_reserve):
        why += f" En réserve : {names}."
    return why


def reserves_ending(actor: Actor) -> list[Task]:
    """Return a task for each reserve that ends within a week while its need has a free seat."""
    return [
        Task(
            title=f"La réserve se termine : {each.expert} pour {_named(each.need)}",
            url=shortlist_url(actor, each.need_id),
            why="Proposez cette personne, ou dites-lui que vous ne la gardez plus.",
            until=each.until,
        )
        for each in selectors.reserves_ending_soon(actor)[:RESERVES_SHOWN]
    ]


def answers_to_give(actor: Actor) -> list[Task]:
    """Return a task for each proposal that `actor` has not answered, 50 at most."""
    return [
        Task(
            title=f"Répondre à une proposition : {_named(each.need)}",
            url=url_of(actor, "proposal", each.pk),
            why=WHY[actor.role].format(person=each.expert.person, need=each.need),
            until=timezone.localdate(each.answer_by),
            urgent=(each.answer_by - timezone.now()).days < 2,
        )
        for each in selectors.unanswered_by(actor)[:ANSWERS_SHOWN]
    ]
