"""Confirmation pages of the actions of an officer on a need, its supplements or a late draft."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.workflow.pages import Verb, VerbPages
from explor.journey.needs.models import Need

from .. import actions, pages, rules, selectors
from ..forms import AskForm, ExtendForm, NoteForm, RejectForm
from ..models import Supplement
from ..states import VERDICT


def load(request: Request, pk: int) -> Need:
    """Return the need `pk` if the officer may see it, or raise 404."""
    rows = Need.objects.visible_to(request.actor).select_related("network", "association", "call")
    return get_object_or_404(rows, pk=pk)


def load_supplement(request: Request, pk: int) -> Supplement:
    """Return the request for supplements on the need `pk` if the officer may see it, or 404."""
    rows = Supplement.objects.select_related("need__network", "need__association")
    return get_object_or_404(rows, need__in=Need.objects.visible_to(request.actor), need=pk)


def load_late(request: Request, pk: int) -> Need:
    """Return the draft or returned need `pk` of a call past its closing, or raise 404."""
    need = selectors.late_drafts(request.actor).select_related("network").filter(pk=pk).first()
    if need is None:
        raise Http404
    return need


def crumb(need: Need) -> str:
    """Return the file number and the title of a need, for the breadcrumb."""
    return f"{need.file_number} {need.title}"


def papers_to_ask(actor: Actor, need: Need) -> dict[str, Any]:
    """Return the option `papers` of `AskForm`: (document requested, document submitted or None).

    Documents that the call no longer requests are left out.
    """
    return {"papers": [pair for pair in selectors.papers_of(need) if pair[0].requested]}


def late_form(actor: Actor, need: Need) -> dict[str, Any]:
    """Return the options of the form of a late submission: `needs_reason` and `ask`, its label."""
    return {"needs_reason": True, "ask": "Pourquoi si tard ?"}


NEEDS = VerbPages(
    "admissibility",
    "recevabilite/<int:pk>/",
    load=load,
    back=pages.need_url,
    workflow=VERDICT,
    crumb=crumb,
    roles=("reseau",),
    verbs=(
        Verb(
            actions.request_changes,
            "demander",
            label="Demander des compléments",
            form=AskForm,
            options=papers_to_ask,
            arguments=lambda actor, form: form.request,
            can=rules.can_request_changes,
            blockers=pages.blockers_of_request_changes,
            effects=pages.effects_of_request_changes,
            done="L’association est prévenue, avec l’échéance.",
            leads_to=pages.next_url,
        ),
        Verb(
            actions.reject,
            "refuser",
            label="Refuser",
            form=RejectForm,
            can=rules.can_reject,
            blockers=pages.blockers_of_reject,
            effects=pages.effects_of_reject,
            done="Le refus est envoyé, avec son motif.",
            leads_to=pages.next_url,
        ),
        Verb(
            actions.note,
            "noter",
            label="Noter",
            form=NoteForm,
            can=rules.can_read,
            done="La note est gardée.",
            button=False,
        ),
    ),
)

SUPPLEMENTS = VerbPages(
    "admissibility",
    "recevabilite/<int:pk>/",
    load=load_supplement,
    back=lambda actor, supplement: pages.need_url(actor, supplement.need),
    args_of=lambda supplement: [supplement.need_id],
    crumb=lambda supplement: crumb(supplement.need),
    roles=("reseau",),
    verbs=(
        Verb(
            actions.extend,
            "prolonger",
            label="Prolonger l’échéance",
            form=ExtendForm,
            can=rules.can_extend,
            blockers=lambda actor, supplement: selectors.ties(actor, supplement.need),
            effects=pages.effects_of_extend,
            done="L’échéance est prolongée, l’association le sait.",
        ),
    ),
)

LATE = VerbPages(
    "admissibility",
    "recevabilite/tardifs/<int:pk>/",
    load=load_late,
    back=pages.late_url,
    crumb=lambda need: "Dépôts tardifs",
    roles=("reseau",),
    verbs=(
        Verb(
            actions.submit_late,
            "",
            label="Déposer",
            title=lambda actor, need: f"Déposer « {need.title} » après la clôture",
            options=late_form,
            can=rules.can_submit_late,
            blockers=selectors.ties,
            notes=pages.notes_of_submit_late,
            effects=pages.effects_of_submit_late,
            on_word_of=lambda actor, need: need.association.name,
            versioned=False,
            done="Le besoin est déposé, et l’association le sait.",
            leads_to=pages.need_url,
        ),
    ),
)
