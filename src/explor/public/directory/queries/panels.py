"""What the directory shows in the pages of others: a step of the road, a panel of the file."""

from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import Truncator

from explor.actors.projects.models import Project
from explor.ground.common import slots
from explor.ground.common.actor import Actor
from explor.ground.common.parts import Panel, Step, Waiting
from explor.ground.reference.queries import fold
from explor.journey.needs.pages.similar import Like

from ..models import CONFIG, Listing, ProjectSheet
from ..states import State

slots.offer("sheet:missions", "callable(project) -> list[dict]: public facts of its missions")


def missions_of(project: Project) -> list[dict[str, Any]]:
    """The public facts of the missions of a project, as the capability of missions tells them."""
    return [fact for tell in slots.filled("sheet:missions") for fact in tell(project)]


def steps(need: Any) -> list[Step]:
    """The last step of a road: the sheet is public."""
    sheet = ProjectSheet.objects.filter(project=need.project_id).first()
    if sheet is None or sheet.state != State.PUBLISHED:
        return [Step(label="Fiche publique", state="next", who="le réseau")]
    url = reverse("directory:sheet", args=[sheet.slug])
    return [Step(label="Fiche publique", state="done", when=sheet.published_at, url=url)]


def for_network(request: HttpRequest, project: Project) -> Panel:
    """The sheet of a project, to write or to read over."""
    return _panel(request, project, "directory/_panel_reseau.html")


def for_association(request: HttpRequest, project: Project) -> Panel:
    """Where the public sheet of a project stands."""
    return _panel(request, project, "directory/_panel_association.html")


def for_mission(request: HttpRequest, mission: Any) -> Panel:
    """The sheet of the project that a mission serves."""
    return _panel(request, mission.need.project, "directory/_panel_reseau.html")


def _panel(request: HttpRequest, project: Project, template: str) -> Panel:
    sheet = ProjectSheet.objects.filter(project=project).first()
    return Panel(
        title="Fiche publique", template=template, context={"sheet": sheet, "project": project}
    )


def waiting_for_association(actor: Actor) -> list[Waiting]:
    """Sheets to read over and validate, or to confirm once a year."""
    own = ProjectSheet.objects.filter(project__association=actor.scope)
    asked = Q(state=State.DRAFT, approved_on=None) | Q(
        state=State.PUBLISHED, reminded_on__isnull=False
    )
    return [
        Waiting(
            title=row.title,
            url=reverse("directory:association_sheet", args=[actor.key, row.pk]),
            why="Confirmez que la fiche publique est toujours juste."
            if row.state == State.PUBLISHED
            else "Relisez la fiche publique et validez-la.",
        )
        for row in own.filter(asked).order_by("pk")
    ]


def waiting_for_network(actor: Actor) -> list[Waiting]:
    """Sheets that their association validated, ready to be published."""
    ready = ProjectSheet.objects.filter(
        network=actor.scope, state=State.DRAFT, approved_on__isnull=False, publish_on=None
    )
    return [
        Waiting(
            title=row.title,
            url=reverse("directory:reseau_sheet", args=[actor.key, row.pk]),
            why="L’association a validé la fiche : publiez-la.",
        )
        for row in ready.order_by("pk")
    ]


def like(words: str) -> list[Like]:
    """The published sheets whose titles share the most words with these, and their results."""
    kept = [word for word in fold(words).split() if len(word) > 3]
    if not kept:
        return []
    asked = SearchQuery(" or ".join(kept), config=CONFIG, search_type="websearch")
    rows = Listing.objects.filter(live=True, title_words=asked).select_related("sheet")
    rank = SearchRank(F("title_words"), asked)
    return [
        Like(
            title=row.sheet.title,
            about=f"fiche projet, {row.sheet.carrier}" if row.sheet.carrier else "fiche projet",
            url=reverse("directory:sheet", args=[row.sheet.slug]),
            lessons=[Truncator(row.sheet.content["results"]).chars(240)]
            if row.sheet.content.get("results")
            else [],
        )
        for row in rows.order_by(rank.desc(), "-published_at", "-pk")[:3]
    ]
