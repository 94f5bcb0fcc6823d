"""Reads about projects."""

from django.db.models import Count

from explor.ground.http.actor import Actor
from explor.ground.reference.queries import label

from .models import Project, ProjectQuerySet, SheetContent


def search(actor: Actor, *, q: str = "") -> ProjectQuerySet:
    """The projects that `actor` sees, found by words of their title, with their needs counted."""
    found = Project.objects.visible_to(actor).annotate(needs_count=Count("needs"))
    for word in q.split():
        found = found.filter(title__unaccent__icontains=word)
    return found.order_by("-pk")


def facts_of(content: SheetContent) -> list[tuple[str, object]]:
    """The fields of the sheet with their labels, in its order, blanks included."""
    budget = f"{content.budget:,.2f} {content.currency}" if content.budget is not None else ""
    return [
        ("Date de début", content.start),
        ("Date de fin", content.end),
        ("Localité", content.locality),
        ("Zones d’intervention", [label("zones", code) for code in content.zones]),
        ("Pays d’intervention", [label("countries", code) for code in content.countries]),
        ("Budget", budget.replace(",", " ").replace(".", ",")),
        ("Financeurs régionaux", content.regional_funders),
        ("Financeurs nationaux", content.national_funders),
        ("Autres financeurs", content.other_funders),
        ("Secteurs d’intervention", [label("sectors", code) for code in content.sectors]),
        ("ODD", [label("sdgs", str(goal)) for goal in content.sdgs]),
        ("Lien", content.link),
        *(
            (field.verbose_name.capitalize(), getattr(content, field.name))
            for field in Project._meta.concrete_fields
            if field.get_internal_type() == "TextField"
        ),
    ]
