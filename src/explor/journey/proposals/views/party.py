"""The expert, the association and the employer answer, each in its own role."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from explor.ground.http.access import require
from explor.ground.http.actor import Actor
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.ui.submit import submit
from explor.ground.workflow.pages import Verb, VerbPages

from .. import actions, engine, pages, rules
from ..forms import AnswerForm
from ..models import Proposal
from ..states import PROPOSAL

COLUMNS = ["Besoin", "Personne", "Dates", "État", "Réponse avant le"]


def load(request: Request, pk: int) -> Proposal:
    """Return the proposal, if this role may see it."""
    return get_object_or_404(Proposal.objects.visible_to(request.actor).with_related(), pk=pk)


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
            effects=pages.effects_of_lose,
            done=pages.done_of_lose,
        ),
    ),
)


def proposals(request: Request) -> HttpResponse:
    """List the proposals made to this party, the latest first."""
    instance = Proposal.objects.visible_to(request.actor).with_related()
    rows = Paginator(instance, 30).get_page(request.GET.get("page"))
    lines = pages.lines(request.actor, rows)
    context = {"rows": rows, "lines": lines, "columns": COLUMNS}
    return render_page(request, "proposals/party_proposals.html", context)


def proposal(request: Request, pk: int) -> HttpResponse:
    """Show one proposal: who, what for, when, and who has answered."""
    instance = load(request, pk)
    context = {
        "row": instance,
        "tone": pages.TONES[instance.state],
        "verbs": _verbs(request, instance),
        "facts": pages.facts_of(instance, request.actor.role),
        "answers": pages.answers_of(instance),
        "schemes": engine.leave_of(instance) if request.actor.role == "employeur" else [],
        "list_url": pages.url_of(request.actor, "proposals"),
    }
    return render_page(request, "proposals/party_proposal.html", context)


def reply(request: Request, pk: int) -> HttpResponse:
    """Record the answer of this party: yes, or no and why."""
    instance, party = load(request, pk), request.actor.role
    require(rules.can_answer(request.actor, instance, party))
    form = AnswerForm(request.POST or None, subject=instance, party=party, officer=False)
    if submit(request, form, lambda: record(instance, form, party, request.actor)):
        url = pages.url_of(request.actor, "proposal", pk)
        return done_redirect(request, url, "Votre réponse est enregistrée. Merci.")
    url = pages.url_of(request.actor, "proposal", pk)
    context = {"form": form, "row": instance, "cancel": url}
    return render_page(request, "proposals/answer.html", context)


def record(instance: Proposal, form: AnswerForm, party: str, by: Actor) -> None:
    """Call the verb of the answer typed."""
    typed = form.cleaned_data
    if form.yes:
        partner = typed.get("partner", "")
        actions.accept(
            instance, party=party, by=by, expected_version=form.expected_version, partner=partner
        )
    else:
        actions.decline(
            instance,
            party=party,
            by=by,
            expected_version=form.expected_version,
            reason=typed["reason"],
        )


def _verbs(request: Request, instance: Proposal) -> list[dict[str, Any]]:
    actor, verbs = request.actor, []
    if rules.can_answer(actor, instance, actor.role) and actor.role in rules.silent(instance):
        verbs += [{"label": "Répondre", "url": pages.url_of(actor, "answer", instance.pk)}]
    return [*verbs, *VERBS.buttons(actor, instance)]
