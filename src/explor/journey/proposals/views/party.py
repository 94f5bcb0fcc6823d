"""Pages where the expert, the association and the employer list, read and answer proposals.

They also take back a yes or answer the leave questions, and the expert withdraws. The network uses
the same `VERBS`, to cancel a proposal too.
"""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from explor.ground.audit.views import file_of_list
from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.workflow.pages import Verb, VerbPages
from explor.journey.leave_readings import pages as leave_pages
from explor.journey.leave_readings.forms import AnswerForm as QuestionsForm

from .. import actions, pages, rules
from ..forms import AnswerForm
from ..models import Proposal
from ..states import PARTIES, PROPOSAL

COLUMNS = ["Besoin", "Personne", "Dates", "État", "Réponse avant le"]


def load(request: Request, pk: int) -> Proposal:
    """Return the proposal if the current actor may see it, or 404."""
    return get_object_or_404(Proposal.objects.visible_to(request.actor).with_related(), pk=pk)


def record_answer(
    proposal: Proposal,
    *,
    party: str,
    by: Actor,
    expected_version: int,
    said: str,
    reason: str,
    partner: str,
) -> Proposal:
    """Accept the proposal for a party when `said` is "oui", else decline it with the reason."""
    about: dict[str, Any] = {"party": party, "by": by, "expected_version": expected_version}
    if said == "oui":
        return actions.accept(proposal, partner=partner, **about)
    return actions.decline(proposal, reason=reason, **about)


def answer(
    proposal: Proposal,
    *,
    by: Actor,
    expected_version: int,
    said: str,
    reason: str,
    partner: str = "",
) -> Proposal:
    """Record the answer of `by`, a party to the proposal."""
    return record_answer(
        proposal,
        party=by.role,
        by=by,
        expected_version=expected_version,
        said=said,
        reason=reason,
        partner=partner,
    )


def take_back(proposal: Proposal, *, by: Actor, expected_version: int, reason: str) -> Proposal:
    """Take back the acceptance of `by`, a party to the proposal."""
    return actions.take_back(
        proposal, party=by.role, by=by, expected_version=expected_version, reason=reason
    )


VERBS = VerbPages(
    "proposals",
    "propositions/<int:pk>/",
    load=load,
    back=pages.proposal_url,
    workflow=PROPOSAL,
    can=rules.can,
    crumb=lambda proposal: proposal.need.title,
    verbs=(
        Verb(
            answer,
            "repondre",
            by=PARTIES,
            label="Répondre",
            title="Votre réponse",
            lead=pages.lead_of,
            form=AnswerForm,
            options=lambda actor, proposal: {"party": actor.role, "officer": False},
            can=lambda actor, proposal: rules.can_answer(actor, proposal, actor.role),
            notes=pages.notes_of_answer,
            effects=pages.effects_of_answer,
            done="Votre réponse est enregistrée. Merci.",
        ),
        Verb(
            take_back,
            "retirer-mon-oui",
            by=PARTIES,
            label="Retirer mon oui",
            lead=pages.lead_of,
            can=lambda actor, proposal: rules.can_take_back(actor, proposal, actor.role),
            blockers=pages.blockers_of_take_back,
            effects=pages.effects_of_take_back,
            done="Votre oui est retiré. Vous pouvez répondre de nouveau.",
        ),
        Verb(
            actions.answer_questions,
            "questions",
            label="Répondre aux questions sur les cadres",
            lead=pages.lead_of,
            form=QuestionsForm,
            options=pages.questions,
            arguments=lambda actor, form: {"values": form.answers},
            versioned=False,
            can=rules.can_answer_questions,
            effects=leave_pages.effects_of_answer,
            done="Vos réponses sont gardées.",
        ),
        Verb(
            actions.recall,
            "reprendre",
            lead=pages.lead_of,
            effects=pages.effects_of_recall,
            done="La proposition est reprise.",
        ),
        Verb(
            actions.lose,
            "desistement",
            lead=pages.lead_of,
            blockers=pages.blockers_of_lose,
            effects=pages.effects_of_lose,
            done=pages.done_of_lose,
        ),
    ),
)


def proposals(request: Request) -> HttpResponse:
    """List the proposals addressed to this party, the latest first."""
    made = Proposal.objects.visible_to(request.actor).with_related()
    if file := file_of_list(request, "proposals", pages.EXPORTED, made):
        return file
    rows = Paginator(made, 30).get_page(request.GET.get("page"))
    lines = pages.lines(request.actor, rows)
    context = {"rows": rows, "lines": lines, "columns": COLUMNS}
    return render_page(request, "proposals/party_proposals.html", context)


def proposal(request: Request, pk: int) -> HttpResponse:
    """Show one proposal: expert, need, dates and answers."""
    instance = load(request, pk)
    role = request.actor.role
    without = [] if role in rules.silent(instance) else ["answer"]
    without += [] if rules.has_accepted(instance, role) else ["take_back"]
    context = {
        "row": instance,
        "tone": pages.TONES[instance.state],
        "verbs": VERBS.buttons(request.actor, instance, without=without),
        "facts": pages.facts_of(instance, role),
        "answers": pages.answers_of(instance, role),
        "trail": pages.trail_of(request.actor, instance, request.path),
        "ended": pages.ending_of(instance, role),
        "schemes": pages.readings_today(instance) if role == "employeur" else [],
        "in_charge": pages.in_charge(instance),
        "links": pages.links_of(request.actor, instance),
        "house": pages.house_today(instance) if role == "employeur" else [],
        "known": pages.known_answers(request.actor, instance),
        "list_url": pages.url_of(request.actor, "proposals"),
    }
    return render_page(request, "proposals/party_proposal.html", context)
