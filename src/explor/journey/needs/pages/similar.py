"""Earlier needs and published sheets similar to a need, with their lessons.

An association may see all of its own needs, a network all those filed with it; both may see the
needs of others once the selection of these is announced. Lessons are what was recommended after the
missions of a need; a reader sees only the lessons of the needs of its own organisation.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, F, FloatField, Q, Value, When
from django.urls import reverse

from explor.ground.http.actor import Actor
from explor.ground.ui import hooks

from ..models import Need
from ..states import State

hooks.define("needs:announced", "callable() -> queryset of the keys of needs announced as selected")
hooks.define("needs:lessons", "callable(keys of needs) -> {key: [what was recommended]}")
hooks.define(
    "needs:sheets", "callable(words) -> list[SimilarItem]: published sheets that look alike"
)

MOST = 3
# Least score to be shown, an example: the highest is 1.5 for words, plus 0.35 for the same mission
# type, country and sector.
ENOUGH = 0.3


@dataclass(frozen=True, kw_only=True)
class SimilarItem:
    """A need or sheet similar to a given need; `lessons` are its missions' recommendations."""

    title: str
    about: str
    url: str = ""
    lessons: list[str] = field(default_factory=list)


def similar_items(need: Need, actor: Actor) -> list[SimilarItem]:
    """Return the most similar earlier needs, then the most similar sheets; at most 3 of each."""
    sheets = [each for find in hooks.get("needs:sheets") for each in find(need.title)]
    return _needs(need, actor) + sheets[:MOST]


def _needs(need: Need, actor: Actor) -> list[SimilarItem]:
    announced = Q(pk__in=[])
    for keys in hooks.get("needs:announced"):
        announced |= Q(pk__in=keys())
    own = Q(pk__in=Need.objects.visible_to(actor).values("pk"))
    readable = (
        Need.objects.filter(own | announced).exclude(pk=need.pk).exclude(state=State.WITHDRAWN)
    )
    words = F("by_title") + F("by_objectives") / 2
    ranked = (
        readable.annotate(
            by_title=TrigramSimilarity("title", need.title),
            by_objectives=TrigramSimilarity("objectives", need.objectives),
            score=words
            + _bonus(0.15, mission_type=need.mission_type)
            + _bonus(0.1, country=need.country)
            + _bonus(0.1, sectors__overlap=need.sectors),
        )
        .filter(score__gte=ENOUGH, by_title__gt=0.15)
        .select_related("association")
        .order_by("-score", "-pk")[: 4 * MOST]
    )
    # Keep only the latest of the needs repeated each year under the same title.
    kept = list({each.title: each for each in reversed(ranked)}.values())[::-1][:MOST]
    holder = "network_id" if actor.role == "reseau" else "association_id"
    mine = {each.pk for each in kept if getattr(each, holder) == actor.scope}
    lessons = _lessons(sorted(mine))
    return [_described(each, actor, each.pk in mine, lessons.get(each.pk, [])) for each in kept]


def _described(need: Need, actor: Actor, mine: bool, lessons: list[str]) -> SimilarItem:
    if not mine:
        return SimilarItem(title=need.title, about=f"{need.association.name}, sélectionné")
    return SimilarItem(
        title=need.title,
        about=f"{need.association.name}, {need.get_state_display()}",
        url=reverse(f"needs:{actor.role}_need", args=[actor.key, need.pk]),
        lessons=lessons,
    )


def _bonus(worth: float, **same: object) -> Case:
    """Return an SQL expression: `worth` for the needs that match the lookups `same`, else 0.

    When one of the values looked up is blank, the expression is 0 for every need.
    """
    if not all(same.values()):
        return Case(default=Value(0.0), output_field=FloatField())
    return Case(When(**same, then=Value(worth)), default=Value(0.0), output_field=FloatField())


def _lessons(keys: list[int]) -> dict[int, list[str]]:
    lessons: dict[int, list[str]] = {}
    readers: list[Callable[[list[int]], dict[int, list[str]]]] = hooks.get("needs:lessons")
    for read in readers if keys else []:
        lessons |= read(keys)
    return lessons
