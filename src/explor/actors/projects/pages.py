"""URLs, and (label, value) pairs called facts, for the pages of projects."""

from operator import attrgetter

from django.urls import reverse

from explor.ground.http.actor import Actor
from explor.ground.reference.selectors import label
from explor.ground.ui.export import Columns

from . import engine
from .models import Project, SheetContent

# The columns of the downloaded list of projects.
EXPORTED: Columns = {
    "Projet": attrgetter("title"),
    "Début": attrgetter("start_in_words"),
    "Besoins": attrgetter("needs_count"),
}


def url_of(actor: Actor, project: Project) -> str:
    """Return the URL of a project under the role of `actor`."""
    return reverse(f"projects:{actor.role}_project", args=[actor.key, project.pk])


def facts_of(content: SheetContent) -> list[tuple[str, object]]:
    """Return the (label, value) pairs of a sheet in the order of its fields, with blanks.

    The title is left out.
    """
    return [
        ("Date de début", engine.date_in_words(content.start)),
        ("Date de fin", engine.date_in_words(content.end)),
        ("Localité", content.locality),
        ("Zones d’intervention", [label("zones", code) for code in content.zones]),
        ("Pays d’intervention", [label("countries", code) for code in content.countries]),
        ("Budget", engine.amount_in_words(content.budget, content.currency)),
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
