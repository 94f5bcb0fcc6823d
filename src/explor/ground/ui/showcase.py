"""The page `/ui/`, which shows all components in all variants, and a form in all its states."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from explor.ground.http.access import public
from explor.ground.http.exceptions import EditConflict
from explor.ground.ui.components import ACCENTS, COMPONENTS, TONES
from explor.ground.ui.fields import DayField, EmailField, NumberField
from explor.ground.ui.forms import BaseForm
from explor.ground.ui.icons import ICONS
from explor.ground.ui.parts import ProgressStep, Task
from explor.ground.ui.samples import LONG, samples

STEPS = [
    ("Besoin", "done", "Les Amis de Sahasoa", date(2027, 1, 11), ""),
    ("Recevabilité", "done", "Camille Berthier", date(2027, 1, 20), ""),
    ("Comité", "done", "Comité de mars", date(2027, 3, 4), "Avis favorable, avec réserve"),
    ("Mise en relation", "skipped", "", None, "La personne était déjà connue"),
    ("Accord de l’employeur", "present", "Ville de Sainte-Orane", date(2027, 4, 2), ""),
    ("Préparation", "next", "Noé Valmy", date(2027, 4, 30), ""),
    ("Mission", "next", "Noé Valmy", date(2027, 5, 17), "11 jours, Madagascar"),
    ("Retour", "next", "", None, ""),
    ("Fiche publique", "next", "", None, ""),
]
PARTS = [
    {
        "label": "Compétences",
        "value": 0.32,
        "max": 0.35,
        "points": "32 sur 35",
        "note": "« réseaux d’eau gravitaires » répond à « adduction gravitaire ».",
    },
    {"label": "Langues", "value": 0.2, "max": 0.2, "points": "20 sur 20", "note": "Malgache B2."},
    {"label": "Pays", "value": 0.05, "max": 0.15, "points": "5 sur 15", "note": "Une mission."},
    {"label": "Première fois", "value": 0, "max": 0.3, "points": "0 sur 30", "note": ""},
]
VERBS = [
    {"label": "Accorder le départ", "url": "#verbs"},
    {"label": "Demander une précision", "url": "#verbs"},
    {
        "label": "Signer la convention",
        "url": "#verbs",
        "refused": "Il manque : attestation d’assurance.",
    },
    {"label": "Refuser", "url": "#verbs", "danger": True},
]


class Sample(BaseForm):
    """A sample form with one field of each type."""

    title = forms.CharField(
        label="Titre du projet", max_length=200, help_text="Une phrase, 200 signes au plus."
    )
    email = EmailField(label="Adresse électronique")
    departure = DayField(label="Premier jour sur place")
    days = NumberField(label="Durée, en jours", min_value=7, max_value=15)
    context = forms.CharField(label="Contexte", required=False, widget=forms.Textarea)
    country = forms.ChoiceField(
        label="Pays", choices=[("", "Choisissez"), ("MG", "Madagascar"), ("SN", "Sénégal")]
    )
    purpose = forms.ChoiceField(
        label="La mission sert à",
        widget=forms.RadioSelect,
        choices=[("prepare", "préparer"), ("carry", "réaliser"), ("assess", "évaluer")],
    )
    sectors = forms.MultipleChoiceField(
        label="Secteurs",
        required=False,
        help_text="Autant que nécessaire.",
        widget=forms.CheckboxSelectMultiple,
        choices=[("water", "Eau, assainissement"), ("health", "Santé"), ("school", "Éducation")],
    )
    paper = forms.FileField(label="Courrier du partenaire", required=False)
    agreed = forms.BooleanField(label="Le partenaire de terrain connaît cette demande.")


def sample_forms() -> list[tuple[str, BaseForm]]:
    """Return (title, form) for three states of the sample form: new, invalid, edit conflict."""
    faulty = {"title": "x" * 201, "email": "camille", "days": "30"}
    full = {
        "title": "Réhabiliter l’adduction d’eau",
        "email": "camille@exemple.fr",
        "departure": "2027-05-17",
        "days": "11",
        "country": "MG",
        "purpose": "prepare",
        "sectors": ["water"],
        "agreed": "on",
    }
    wrong, moved = bound("wrong", faulty), bound("moved", full)
    moved.refuse(EditConflict(4, "Camille Berthier a changé la date, le 12 mars à 14 h 05."))
    return [
        ("Un formulaire vide", Sample(prefix="new")),
        ("Des erreurs à corriger", wrong),
        ("Le dossier a changé", moved),
    ]


def bound(prefix: str, values: dict[str, Any]) -> Sample:
    """Return the sample form, bound to `values` and validated."""
    form = Sample({f"{prefix}-{name}": value for name, value in values.items()}, prefix=prefix)
    form.is_valid()
    return form


@public
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show every component; answer 404 outside demonstrations and development."""
    if not (settings.EXPLOR_DEMO or settings.DEBUG):
        raise Http404
    return render(request, "ui/showcase.html", context(request.GET.get("accent", "")))


def context(accent: str) -> dict[str, Any]:
    """Return the template context of the page `/ui/`: sample values for every component.

    Args:
        accent: the accent colour of a network, the first one when unknown.
    """
    steps = [
        ProgressStep(label=label, state=state, who=who, when=when, note=note)  # type: ignore[arg-type]
        for label, state, who, when, note in STEPS
    ]
    chosen = accent if accent in dict(ACCENTS) else ACCENTS[0][0]
    return {
        **samples(),
        "accent": chosen,
        "accents": [
            {"label": label, "url": f"?accent={key}", "current": key == chosen}
            for key, label in ACCENTS
        ],
        "components": COMPONENTS.values(),
        "icons": ICONS,
        "tones": TONES,
        "progress": steps,
        "start": [
            ProgressStep(label="Besoin", state="present", who="Votre association"),
            *steps[5:],
        ],
        "closed": [
            ProgressStep(label=step.label, state="done", when=step.when) for step in steps[:3]
        ],
        "parts": PARTS,
        "verbs": VERBS,
        "long": LONG.strip()[:200],
        "waiting": waiting(),
        "facts": facts(),
        "rows": [("Puits de Sahasoa", "Recevable", 11, "12 400 €"), (LONG[:200], "--", 7, "--")],
        "headings": ["Nom", "Rôle", "Réglages"],
        "columns": ["Besoin", "État", "Jours", "Budget"],
        "page": Paginator(range(90), 20).page(2),
        "forms": sample_forms(),
    }


def waiting() -> list[Task]:
    """Return three sample tasks: late, dated, undated."""
    return [
        Task(
            title="Répondre à la Ville de Sainte-Orane",
            url="#waits",
            why="Sans réponse, la proposition se libère.",
            until=date(2026, 4, 2),
            urgent=True,
        ),
        Task(title="Lire le besoin", url="#waits", why="Déposé hier.", until=date(2031, 5, 17)),
        Task(title=LONG.strip()[:200], url="#waits", why="Vous en êtes l’auteur ou l’autrice."),
    ]


def facts() -> list[tuple[str, Any]]:
    """Return sample (label, value) pairs: usual, blank, with several values, long."""
    return [
        ("Lieu", "Sahasoa, Madagascar"),
        ("Budget", None),
        ("Langues", ["français", "malgache"]),
        ("Résultats attendus", LONG),
    ]
