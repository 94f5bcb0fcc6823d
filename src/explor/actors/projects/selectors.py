"""Reads of projects."""

from django.db.models import Count

from explor.ground.http.actor import Actor

from .models import Project, ProjectQuerySet


def search(actor: Actor, *, q: str = "") -> ProjectQuerySet:
    """Return the projects that `actor` sees, with each word of `q` in the title; counts needs."""
    results = Project.objects.visible_to(actor).annotate(needs_count=Count("needs"))
    for word in q.split():
        results = results.filter(title__unaccent__icontains=word)
    return results.order_by("-pk")
