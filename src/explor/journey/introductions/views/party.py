"""The expert, the association and the employer answer, each under its own hat."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from explor.ground.common.access import require
from explor.ground.common.actor import Actor
from explor.ground.common.forms import Act
from explor.ground.common.request import Request
from explor.ground.common.views import answer, page, submit

from .. import actions, engine, queries, rules
from ..forms import AnswerForm
from ..models import Introduction

COLUMNS = ["Besoin", "Personne", "Dates", "État", "Réponse avant le"]


def introductions(request: Request) -> HttpResponse:
    """The proposals made to this party, the latest first."""
    found = queries.whole(Introduction.objects.visible_to(request.actor))
    rows = Paginator(found, 30).get_page(request.GET.get("page"))
    lines = queries.lines(request.actor, rows)
    context = {"rows": rows, "lines": lines, "columns": COLUMNS}
    return page(request, "introductions/party_introductions.html", context)


def introduction(request: Request, pk: int) -> HttpResponse:
    """One proposal: who, what for, when, and who has answered."""
    found = _found(request, pk)
    context = {
        "row": found,
        "tone": queries.TONES[found.state],
        "verbs": _verbs(request, found),
        "facts": queries.facts_of(found, request.actor.hat),
        "answers": queries.answers_of(found),
        "frames": engine.frames_of(found) if request.actor.hat == "employeur" else [],
        "list_url": queries.url_of(request.actor, "introductions"),
    }
    return page(request, "introductions/party_introduction.html", context)


def reply(request: Request, pk: int) -> HttpResponse:
    """Yes, or no and why."""
    found, party = _found(request, pk), request.actor.hat
    require(rules.can_answer(request.actor, found, party))
    form = AnswerForm(request.POST or None, subject=found, party=party, officer=False)
    if submit(request, form, lambda: record(found, form, party, request.actor)):
        url = queries.url_of(request.actor, "introduction", pk)
        return answer(request, url, "Votre réponse est enregistrée. Merci.")
    url = queries.url_of(request.actor, "introduction", pk)
    context = {"form": form, "row": found, "cancel": url}
    return page(request, "introductions/answer.html", context)


def withdraw(request: Request, pk: int) -> HttpResponse:
    """The expert will not go after all."""
    found = _found(request, pk)
    require(rules.can(request.actor, "lose", found))
    form = Act(request.POST or None, subject=found, needs_reason=True)
    act = lambda: actions.lose(found, by=request.actor, seen=form.seen, reason=form.why)  # noqa: E731
    url = queries.url_of(request.actor, "introduction", pk)
    if submit(request, form, act):
        return answer(request, url, "Votre désistement est enregistré. Le réseau est prévenu.")
    transition = found.workflow.transition(found.state, "lose")
    context = {"form": form, "row": found, "transition": transition, "cancel": url}
    return page(request, "introductions/act.html", context)


def record(found: Introduction, form: AnswerForm, party: str, by: Actor) -> None:
    """Take the answer typed to its verb."""
    typed = form.cleaned_data
    if form.yes:
        partner = typed.get("partner", "")
        actions.accept(found, party=party, by=by, seen=form.seen, partner=partner)
    else:
        actions.decline(found, party=party, by=by, seen=form.seen, reason=typed["reason"])


def _found(request: Request, pk: int) -> Introduction:
    return get_object_or_404(queries.whole(Introduction.objects.visible_to(request.actor)), pk=pk)


def _verbs(request: Request, found: Introduction) -> list[dict[str, object]]:
    actor, verbs = request.actor, []
    if rules.can_answer(actor, found, actor.hat) and actor.hat in rules.silent(found):
        url = queries.url_of(actor, "answer", found.pk)
        verbs.append({"label": "Répondre", "url": url})
    if rules.can(actor, "lose", found):
        url = queries.url_of(actor, "withdraw", found.pk)
        verbs.append({"label": "Signaler un désistement", "url": url, "danger": True})  # type: ignore[dict-item]
    return verbs  # type: ignore[return-value]
