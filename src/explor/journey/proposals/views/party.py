"""The expert, the association and the employer answer, each in its own role."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from explor.ground.http.access import require
from explor.ground.http.actor import Actor
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.ui.submit import submit
from explor.ground.workflow.forms import ActionForm

from .. import actions, engine, pages, rules
from ..forms import AnswerForm
from ..models import Proposal

COLUMNS = ["Besoin", "Personne", "Dates", "État", "Réponse avant le"]


def proposals(request: Request) -> HttpResponse:
    """List the proposals made to this party, the latest first."""
    instance = Proposal.objects.visible_to(request.actor).with_related()
    rows = Paginator(instance, 30).get_page(request.GET.get("page"))
    lines = pages.lines(request.actor, rows)
    context = {"rows": rows, "lines": lines, "columns": COLUMNS}
    return render_page(request, "proposals/party_proposals.html", context)


def proposal(request: Request, pk: int) -> HttpResponse:
    """Show one proposal: who, what for, when, and who has answered."""
    instance = _get(request, pk)
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
    instance, party = _get(request, pk), request.actor.role
    require(rules.can_answer(request.actor, instance, party))
    form = AnswerForm(request.POST or None, subject=instance, party=party, officer=False)
    if submit(request, form, lambda: record(instance, form, party, request.actor)):
        url = pages.url_of(request.actor, "proposal", pk)
        return done_redirect(request, url, "Votre réponse est enregistrée. Merci.")
    url = pages.url_of(request.actor, "proposal", pk)
    context = {"form": form, "row": instance, "cancel": url}
    return render_page(request, "proposals/answer.html", context)


def withdraw(request: Request, pk: int) -> HttpResponse:
    """Record that the expert will not go."""
    instance = _get(request, pk)
    require(rules.can(request.actor, "lose", instance))
    form = ActionForm(request.POST or None, subject=instance, needs_reason=True)
    act = lambda: actions.lose(
        instance, by=request.actor, expected_version=form.expected_version, reason=form.why
    )
    url = pages.url_of(request.actor, "proposal", pk)
    if submit(request, form, act):
        return done_redirect(
            request, url, "Votre désistement est enregistré. Le réseau est prévenu."
        )
    transition = instance.workflow.transition(instance.state, "lose")
    context = {"form": form, "row": instance, "transition": transition, "cancel": url}
    return render_page(request, "proposals/act.html", context)


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


def _get(request: Request, pk: int) -> Proposal:
    return get_object_or_404(Proposal.objects.visible_to(request.actor).with_related(), pk=pk)


def _verbs(request: Request, instance: Proposal) -> list[dict[str, object]]:
    actor, verbs = request.actor, []
    if rules.can_answer(actor, instance, actor.role) and actor.role in rules.silent(instance):
        url = pages.url_of(actor, "answer", instance.pk)
        verbs.append({"label": "Répondre", "url": url})
    if rules.can(actor, "lose", instance):
        url = pages.url_of(actor, "withdraw", instance.pk)
        verbs.append({"label": "Signaler un désistement", "url": url, "danger": True})  # type: ignore[dict-item]
    return verbs  # type: ignore[return-value]
