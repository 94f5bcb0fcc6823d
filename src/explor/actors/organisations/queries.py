"""Reads about organisations, their members and their partners."""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    Window,
)
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.reference.queries import label, terms
from explor.ground.ui import hooks
from explor.ground.ui.parts import Task

from . import rules
from .models import Kind, Member, Organisation
from .states import State


def members_as(kind: str) -> Callable[[Any], "QuerySet[Any, Any]"]:
    """The query of the organisations of one kind that a person acts for, as roles."""

    def holders(person: Any) -> "QuerySet[Any, Any]":
        return Member.objects.filter(person=person, organisation__kind=kind).annotate(
            role_type=Value(kind),
            role_key=F("organisation__slug"),
            role_name=F("organisation__name"),
            role_scope=F("organisation_id"),
            role_accent=F("organisation__network__accent"),
        )

    return holders


def name_of(slug: str) -> str:
    """The name of an organisation."""
    return Organisation.objects.get(slug=slug).name


def search(actor: Actor, *, q: str = "", kind: str = "", state: str = "") -> "QuerySet[Any]":
    """The organisations a network looks after, found by name, town or number."""
    found = Organisation.objects.visible_to(actor).annotate(people=Count("members"))
    if kind:
        found = found.filter(kind=kind)
    if state:
        found = found.filter(state=state)
    for word in q.split():
        found = (
            found.filter(name__unaccent__icontains=word)
            | found.filter(city__unaccent__icontains=word)
            | found.filter(siret__startswith=word)
            | found.filter(rna__iexact=word)
        )
    return found.order_by("name", "pk")


EXPORTED = {
    "Nom": "name",
    "Sorte": "get_kind_display",
    "État": "get_state_display",
    "SIRET": "siret",
    "SIREN": "siren",
    "RNA": "rna",
    "Adresse": "address",
    "Code postal": "postcode",
    "Commune": "city",
    "Site": "website",
    "Personnes": "people",
}


def rows_to_export(found: "QuerySet[Any]") -> list[list[object]]:
    """The organisations of a search, in the columns of `EXPORTED`."""
    rows = [[getattr(each, name) for name in EXPORTED.values()] for each in found]
    return [[value() if callable(value) else value for value in row] for row in rows]


def links_of(organisation: Organisation) -> list[tuple[Any, int]]:
    """Every relation that leads to an organisation, with how many rows; those with none left out.

    The line of the file that brought it in does not count.
    """
    found = []
    for relation in Organisation._meta.related_objects:
        if relation.related_model._meta.label_lower == "member_imports.memberline":
            continue
        rows = relation.related_model._base_manager.filter(**{relation.field.name: organisation})
        if count := rows.count():
            found.append((relation, count))
    return found


def addresses_to_reach(organisation: Organisation) -> list[str]:
    """Every address that its files write to: its members and its partners in the field."""
    partners = organisation.partners.exclude(email="").order_by("pk")
    members = organisation.members.order_by("pk")
    return [
        *members.values_list("person__email", flat=True),
        *partners.values_list("email", flat=True),
    ]


def members_of(organisation: Organisation) -> "QuerySet[Member]":
    """Those who act for an organisation."""
    return organisation.members.select_related("person").order_by("person__name")


def addresses_of(organisation: Organisation | None) -> list[str]:
    """Where to write to an organisation: its active members."""
    if organisation is None:
        return []
    found = Member.objects.filter(organisation=organisation, person__is_active=True)
    return list(found.order_by("pk").values_list("person__email", flat=True))


def waiting_for_network(actor: Actor) -> list[Task]:
    """Organisations that wait for their network's word."""
    waits = hooks.get("organisations.waits")
    asked = {f"asked_{at}": condition(actor) for at, (condition, _) in enumerate(waits)}
    own = Q(network=actor.scope, state__in=(State.REGISTERED, State.LAPSED))
    acts = Exists(Member.objects.filter(organisation=OuterRef("pk"))) | ~Q(
        network=actor.scope, state=State.REGISTERED
    )
    found = Organisation.objects.annotate(
        **asked,
        own=ExpressionWrapper(own, output_field=BooleanField()),
        acting=ExpressionWrapper(acts, output_field=BooleanField()),
    ).filter(reduce(or_, (Q(**{name: True}) for name in ("own", *asked))))
    counted = found.annotate(
        place=Window(RowNumber(), partition_by=[F("acting")], order_by=[F("created_at"), F("pk")]),
        together=Window(Count("pk"), partition_by=[F("acting")]),
    )
    rows: list[Any] = list(counted.filter(place__lte=50).order_by("acting", "place"))
    brought = [each for each in rows if not each.acting]
    others = [
        line(actor, each)
        for at, (_, line) in enumerate(waits)
        for each in rows
        if getattr(each, f"asked_{at}")
    ]
    verified = [_to_verify(actor, each) for each in rows[len(brought) :] if each.own]
    return [_brought(actor, each.together) for each in brought[:1]] + others + verified


def _to_verify(actor: Actor, organisation: Organisation) -> Task:
    again = " de nouveau" if organisation.state == State.LAPSED else ""
    return Task(
        title=f"Vérifier {organisation.name}{again}",
        url=reverse("organisations:reseau_organisation", args=[actor.key, organisation.pk]),
        why=_why_verify(organisation),
    )


def _brought(actor: Actor, count: int) -> Task:
    """Nobody acts yet for those a network brought in itself: nobody waits, one line is enough."""
    listed = reverse("organisations:reseau_organisations", args=[actor.key])
    return Task(
        title=f"Vérifier {count} organisation{'s' if count > 1 else ''} de votre fichier",
        url=f"{listed}?state={State.REGISTERED}",
        why="Votre réseau les a importées ; personne n’agit encore pour elles.",
    )


def _why_verify(organisation: Organisation) -> str:
    if organisation.state == State.LAPSED:
        return "La vérification de l’année est à refaire."
    if organisation.kind == Kind.ASSOCIATION:
        return "Cette association s’est inscrite."
    return "Cet employeur s’est inscrit."


def waiting_for_member(actor: Actor) -> list[Task]:
    """What a refused organisation completes, and the check of the year when it comes."""
    rows = []
    for each in Organisation.objects.visible_to(actor):
        url = reverse(f"organisations:{actor.role}_profile", args=[actor.key])
        if each.state == State.REFUSED:
            title, why = "Compléter votre inscription", each.refusal
        elif rules.is_due(each, timezone.localdate()):
            title = "Mettre vos pièces à jour"
            why = "Votre réseau doit vérifier de nouveau votre organisation, comme chaque année."
        else:
            continue
        rows.append(Task(title=title, url=url, why=why))
    return rows


def papers_of(organisation: Organisation) -> list[dict[str, object]]:
    """The papers of a verification, each with whether it holds today."""
    today = timezone.localdate()
    papers = list(organisation.papers.select_related("document"))
    held = rules.in_force(papers, today).values()
    rows: list[dict[str, object]] = []
    for each in papers:
        over = each.valid_until is not None and each.valid_until < today
        status = ("bad", "n’est plus valable") if over else ("neutral", "remplacée")
        tone, told = ("good", "en vigueur") if each in held else status
        rows.append({"paper": each, "tone": tone, "told": told})
    return rows


TONES: dict[str, str] = {
    State.REGISTERED: "warn",
    State.VERIFIED: "good",
    State.REFUSED: "bad",
    State.SUSPENDED: "neutral",
    State.LAPSED: "warn",
}


def facts_of(organisation: Organisation) -> list[tuple[str, object]]:
    """What an organisation declares of itself, blanks included."""
    until = organisation.verified_until
    place = " ".join(filter(None, [organisation.address, organisation.postcode, organisation.city]))
    common = [
        ("Vérifiée jusqu’au", until.strftime("%d/%m/%Y") if until else ""),
        ("SIRET", organisation.siret),
        ("SIREN", organisation.siren),
        ("Adresse", place),
        ("Représentante ou représentant", organisation.representative),
        ("Site", organisation.website),
    ]
    if organisation.kind == Kind.ASSOCIATION:
        return [*common, *_association_facts(organisation)]
    return [
        *common,
        ("Employeur public", "oui" if organisation.is_public else "non"),
        ("Effectif", organisation.headcount),
        ("Cadres acceptés", [label("leave_schemes", code) for code in organisation.schemes]),
        ("Métiers", organisation.job_families),
        ("Règles", organisation.lending_rules),
    ]


def _association_facts(association: Organisation) -> list[tuple[str, object]]:
    kinds = terms("structure_types")
    kind = kinds.get(association.structure_type)
    signed = association.cer_signed_on
    interest = {True: "oui", False: "non", None: ""}[association.general_interest]
    return [
        ("RNA", association.rna),
        ("Type de structure", kind.label if kind else ""),
        ("Création", association.founded_on.strftime("%d/%m/%Y") if association.founded_on else ""),
        ("Objet", association.purpose),
        ("Pays", [label("countries", code) for code in association.countries]),
        ("Secteurs", [label("sectors", code) for code in association.sectors]),
        ("Emplois salariés", association.headcount),
        ("Adhérentes et adhérents", association.members_count),
        ("Contrat d’engagement républicain", signed.strftime("%d/%m/%Y") if signed else ""),
        ("Intérêt général", interest),
    ]
