"""Reads about experts."""

from typing import Any

from django.db.models import F, Prefetch, QuerySet, Value
from django.urls import reverse
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.ground.http.actor import Actor
from explor.ground.reference.queries import label, terms
from explor.ground.ui.parts import Task

from . import rules
from .models import Consent, Expert, ExpertQuerySet
from .states import State


def experts_as(person: Any) -> "QuerySet[Any, Any]":
    """The expert role of a person."""
    return Expert.objects.filter(person=person).annotate(
        role_type=Value("expert"),
        role_key=Value(""),
        role_name=Value("Mon expertise"),
        role_scope=F("pk"),
        role_accent=F("network__accent"),
    )


def invited_by(slug: str) -> str:
    """What an invitation to offer one's expertise is to."""
    return f"proposer votre expertise avec {Network.objects.get(slug=slug).name}"


def with_related(found: ExpertQuerySet) -> ExpertQuerySet:
    """The same profiles with all that a page or the matching reads, in a fixed few queries."""
    standing = Consent.objects.filter(withdrawn_at=None).select_related("network")
    return found.select_related("person", "employer", "network").prefetch_related(
        "languages", "availabilities", Prefetch("consents", queryset=standing)
    )


def search(actor: Actor, *, q: str = "", sector: str = "", state: str = "") -> ExpertQuerySet:
    """The profiles that `actor` may see, found by words of their job, skills or name."""
    found = Expert.objects.visible_to(actor)
    if sector:
        found = found.filter(sectors__contains=[sector])
    if state:
        found = found.filter(state=state)
    for word in q.split():
        found = (
            found.filter(job__unaccent__icontains=word)
            | found.filter(summary__unaccent__icontains=word)
            | found.filter(person__name__unaccent__icontains=word)
        )
    return found.select_related("person", "employer").order_by("person__name", "pk")


def facts_of(expert: Expert) -> list[tuple[str, object]]:
    """A profile in pairs, as its readers see it."""
    languages, levels = terms("languages"), expert.languages.all()
    return [
        ("Métier", expert.job),
        ("Employeur", expert.employer.name if expert.employer else ""),
        ("Statut", expert.get_employment_display()),
        ("Présentation", expert.summary),
        ("Expériences", expert.experiences),
        ("Secteurs", [label("sectors", code) for code in expert.sectors]),
        ("Compétences", expert.skills),
        ("Langues", [f"{languages[each.language].label} {each.level}" for each in levels]),
        ("Pays connus", [label("countries", code) for code in expert.countries]),
        (
            "Disponibilités",
            [
                f"{each.days.lower:%d/%m/%Y} au {each.last:%d/%m/%Y}"
                for each in expert.availabilities.all()
            ],
        ),
        ("Missions possibles par an", expert.load),
    ]


def waiting_for_expert(actor: Actor) -> list[Task]:
    """An unfinished or old profile asks for its owner."""
    expert = Expert.objects.filter(pk=actor.scope or 0).first()
    if expert is None or expert.state == State.RESTING:
        return []
    url = reverse("experts:expert_profile")
    if expert.state == State.DRAFT:
        why = "Votre profil n’est pas encore proposé aux réseaux."
        return [Task(title="Compléter votre profil", url=url, why=why)]
    if rules.is_stale(expert, timezone.localdate()):
        why = "Personne ne l’a relu depuis six mois."
        return [Task(title="Confirmer votre profil", url=url, why=why)]
    return []
