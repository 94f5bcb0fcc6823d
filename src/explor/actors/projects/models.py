"""Projects, described in the fields of the project sheet; pages show a blank field as « -- »."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from explor.ground.http.actor import Actor
from explor.ground.workflow.models import VersionedModel

from . import engine


def codes(label: str, length: int) -> "ArrayField[list[str], list[str]]":
    """Return a model field for codes of a reference list, each of `length` characters at most."""
    return ArrayField(
        models.CharField(max_length=length), verbose_name=label, default=list, blank=True
    )


def names(label: str) -> "ArrayField[list[str], list[str]]":
    """Return a model field for several names, each a free text."""
    return codes(label, 200)


class SheetContent(models.Model):
    """Abstract model with the fields of the project sheet.

    Dates may be partial: « 2022 », « 2022-12 » or « 2022-12-03 ».
    """

    title = models.CharField("titre", max_length=250)
    start = models.CharField("date de début", max_length=10, blank=True)
    end = models.CharField("date de fin", max_length=10, blank=True)
    locality = models.CharField("localité", max_length=200, blank=True)
    zones = codes("zones d’intervention", 40)
    countries = codes("pays d’intervention", 2)
    budget = models.DecimalField("budget", max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField("monnaie", max_length=3, default="EUR")
    regional_funders = names("financeurs régionaux")
    national_funders = names("financeurs nationaux")
    other_funders = names("autres financeurs")
    sectors = codes("secteurs d’intervention", 10)
    sdgs = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name="objectifs de développement durable",
        default=list,
        blank=True,
    )
    link = models.CharField("lien", max_length=500, blank=True)
    context = models.TextField("contexte", blank=True)
    audiences = models.TextField("publics concernés", blank=True)
    local_partners = models.TextField("partenaires locaux", blank=True)
    objectives = models.TextField("objectifs du projet", blank=True)
    activities = models.TextField("activités", blank=True)
    results = models.TextField("résultats", blank=True)

    class Meta:
        abstract = True

    @property
    def start_in_words(self) -> str:
        """Return the first day, month or year in French words; "" when unknown."""
        return engine.date_in_words(self.start)


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, actor: Actor) -> "ProjectQuerySet":
        """Return the projects that `actor` may see.

        An association sees its own projects, a network the projects of its associations, the system
        all projects.
        """
        if actor.role == "association":
            return self.filter(association=actor.scope)
        if actor.role == "reseau":
            return self.filter(association__network=actor.scope)
        return self if actor.role == "systeme" else self.none()


class Project(SheetContent, VersionedModel):
    """A project of an association, to which its needs belong."""

    association = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="projects"
    )

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = "projet"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title
