"""Pages and actions of a release, shared by the four roles under their own URLs."""

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404

from explor.ground.audit.views import file_of_list
from explor.ground.files.views.files import download
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.workflow.pages import Verb, VerbPages
from explor.journey.leave_readings import pages as leave_pages
from explor.journey.leave_readings.forms import AnswerForm
from explor.journey.proposals.pages import next_url
from explor.journey.proposals.rules import own_seat

from .. import actions, pages, rules, selectors
from ..forms import (
    ApproveForm,
    AssemblyForm,
    LinesForm,
    RefuseForm,
    RequestForm,
    ServiceForm,
    SignForm,
)
from ..models import Release
from ..pages import clock, employers, papers, services, signing
from ..pages.trail import head_of
from ..states import RELEASE, State
from .signing import SIGNATORIES, source_of

# The states in which the schemes are evaluated again.
WAITING = (State.REQUESTED, State.TAKEN_OVER, State.APPROVED)


def load(request: Request, pk: int) -> Release:
    """Return the release if the current actor may see it, or 404."""
    return get_object_or_404(
        selectors.with_related(Release.objects.visible_to(request.actor)), pk=pk
    )


VERBS = VerbPages(
    "releases",
    "mises-a-disposition/<int:pk>/",
    load=load,
    back=pages.url_of,
    workflow=RELEASE,
    can=rules.can,
    crumb=lambda release: release.proposal.need.title,
    verbs=(
        Verb(
            actions.approve,
            "accorder",
            label=pages.label_of_approve,
            form=ApproveForm,
            blockers=pages.blockers_of_approve,
            notes=services.notes_of_approve,
            on_word_of=pages.word_of,
            effects=pages.effects_of_approve,
            done="C’est accordé, merci.",
        ),
        Verb(
            actions.refuse,
            "refuser",
            title=pages.title_of_refuse,
            form=RefuseForm,
            blockers=clock.blockers_of_refuse,
            on_word_of=pages.word_of,
            effects=pages.effects_of_refuse,
            done="Le refus est transmis.",
        ),
        Verb(
            actions.ask_employer,
            "demander-a-son-employeur",
            can=rules.can_ask_employer,
            blockers=employers.blockers_of_ask_employer,
            effects=employers.effects_of_ask_employer,
            done="La demande est envoyée à l’employeur.",
        ),
        Verb(
            actions.record_request,
            "demande",
            by=("expert", "employeur", "reseau"),
            label="Noter la demande de la personne",
            form=RequestForm,
            arguments=lambda actor, form: form.request,
            can=rules.may_record_request,
            blockers=rules.missing_to_note_again,
            effects=clock.effects_of_request,
            done="La demande est notée.",
        ),
        Verb(
            actions.note_service_approval,
            "accord-du-service",
            by=("employeur", "reseau"),
            label="Noter l’accord du service",
            form=ServiceForm,
            options=services.options_of_service,
            can=rules.can_note_service,
            blockers=lambda actor, release: own_seat(actor, release.proposal.expert),
            on_word_of=pages.word_of,
            effects=services.effects_of_service,
            done="L’accord du service est noté.",
        ),
        Verb(
            actions.note_assembly,
            "assemblee",
            by=("employeur", "reseau"),
            label="Noter la date de l’assemblée",
            form=AssemblyForm,
            can=rules.may_note_assembly,
            effects=clock.effects_of_assembly,
            done="La date est notée.",
        ),
        Verb(
            actions.note_silence,
            "silence",
            blockers=clock.blockers_of_silence,
            effects=clock.effects_of_silence,
            done="L’accord tacite est constaté.",
        ),
        Verb(
            actions.fill_lines,
            "lignes",
            by=rules.FILLING,
            label="Remplir les lignes",
            form=LinesForm,
            arguments=lambda actor, form: {"lines": form.lines},
            can=rules.can_fill_lines,
            effects=pages.effects_of_lines,
            done="La convention est établie avec ces lignes.",
        ),
        Verb(
            actions.sign,
            "signer",
            by=("association", "expert", "employeur"),
            form=SignForm,
            options=lambda actor, release: {"role": actor.role},
            arguments=lambda actor, form: form.signature,
            sent=lambda request, form: {"source": source_of(request, form)},
            versioned=False,  # the parties sign in parallel; the form holds the document it shows
            can=rules.can_sign,
            blockers=lambda actor, release: rules.missing_to_sign(
                release, pages.chosen_reading(release)
            ),
            notes=papers.notes_of_sign,
            effects=pages.effects_of_sign,
            done="La signature est notée.",
            leads_to=lambda actor, release: next_url(actor, release.proposal),
        ),
        Verb(
            actions.confirm_scheme,
            "cadre",
            url_name="confirm",
            by=("reseau",),
            label="Confirmer le cadre",
            can=rules.can_confirm,
            blockers=pages.blockers_of_confirm,
            notes=papers.notes_of_sign,
            effects=pages.effects_of_confirm,
            done="Le cadre est confirmé.",
            template="releases/confirm_scheme.html",
            context=pages.context_of_confirm,
        ),
        Verb(
            actions.answer_questions,
            "repondre",
            label="Répondre aux questions",
            form=AnswerForm,
            options=pages.questions,
            arguments=lambda actor, form: {"values": form.answers},
            can=rules.can_answer,
            effects=leave_pages.effects_of_answer,
            done="Vos réponses sont gardées.",
        ),
    ),
)


def releases(request: Request) -> HttpResponse:
    """List the releases that the current actor may see; those awaiting an answer come first.

    The request may ask for the whole list as a file instead.
    """
    every = selectors.listed_for(request.actor)
    if file := file_of_list(request, "releases", pages.EXPORTED, every):
        return file
    rows = Paginator(every, 30).get_page(request.GET.get("page"))
    context = {
        "rows": [(release, pages.url_of(request.actor, release)) for release in rows],
        "page": rows,
        "columns": ["Personne", "Mission", "État", "Réponse avant"],
    }
    return render_page(request, "releases/releases.html", context)


def release(request: Request, pk: int) -> HttpResponse:
    """Show a release: expert, dates, leave schemes, agreement and signatures."""
    instance, actor = load(request, pk), request.actor
    read = pages.schemes_of(instance) if instance.state in WAITING else []
    context = {
        "release": instance,
        **head_of(actor, instance, request.path),
        "schemes": pages.shown_schemes(instance, read),
        "clock": clock.clock_of(instance),
        "answers": leave_pages.answers_for(actor.role, pages.given_answers(instance)),
        "verbs": VERBS.buttons(actor, instance),
        "chain": signing.chain_for(actor, instance, SIGNATORIES.buttons),
        "turn": signing.turn_of(actor, instance),
        "papers": pages.replaced_agreements(instance),
        "drafts": papers.drafts_for(
            actor, instance, [each.code for each in read if each.verdict != "closed"]
        ),
        "to_fill": papers.left_to_fill(instance),
        "how_to_fill": papers.how_to_fill(instance),
        "files": signing.files_for(actor, instance),
        **services.context_of(actor, instance),
    }
    return render_page(request, "releases/release.html", context)


def agreement(request: Request, pk: int) -> FileResponse:
    """Serve the agreement (PDF), or its signed copy once there is one; 404 without agreement."""
    instance = load(request, pk)
    if instance.agreement is None:
        raise Http404
    return download(instance.agreement.latest_document, by=request.actor)


def unsigned(request: Request, pk: int) -> FileResponse:
    """Serve the PDF that the parties signed, without signatures; each signature has its digest."""
    instance = load(request, pk)
    if instance.agreement is None:
        raise Http404
    return download(instance.agreement.document, by=request.actor)
