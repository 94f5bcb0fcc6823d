"""Queries on projects."""

from django.db.models import Count

from explor.ground.http.actor import Actor
from explor.ground.ui.words import each_word_of

from .models import Project, ProjectQuerySet


def search(actor: Actor, *, q: str = "") -> ProjectQuerySet:
    """Return the projects that `actor` may see and whose title contains every word of `q`.

    Each project has the number of its needs in `needs_count`.
    """
    results = Project.objects.visible_to(actor).annotate(needs_count=Count("needs"))
    return results.filter(each_word_of(q, "title")).order_by("-pk")
