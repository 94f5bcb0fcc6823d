"""An officer proposes, keeps in reserve, and records the answers given by phone."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from explor.actors.experts.models import Expert
from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.submit import create, submit
from explor.journey.shortlists.engine import line_of
from explor.journey.shortlists.selectors import searched

from .. import actions, pages, rules, selectors
from ..forms import AnswerForm, IntroduceForm, ReserveForm
from ..models import Party, Proposal, ReserveEntry
from .party import VERBS, load, record


@role_required("reseau")
def introduce(request: Request, need: int, expert: int) -> HttpResponse:
    """Choose the dates, write a word, and say why if the ranking is passed over."""
    instance, person = _need(request, need), _expert(request, expert)
    require(rules.can_propose(request.actor, instance))
    line = line_of(instance, person)
    dates = {"start": line.candidate.start, "end": line.candidate.end}
    must = not (line.candidate.eligible and line.first)
    form = IntroduceForm(request.POST or None, initial=dates, must_override=must)

    def propose() -> str:
        made = actions.introduce(
            need=instance, expert=person, by=request.actor, line=line, **form.values
        )
        return pages.url_of(request.actor, "proposal", made.pk)

    if url := create(request, form, propose):
        return done_redirect(request, url, "La proposition est envoyée aux parties.")
    context = {"form": form, "need": instance, "line": line, "must_override": must}
    return render_page(request, "proposals/reseau_introduce.html", context)


@role_required("reseau")
def reserve(request: Request, need: int, expert: int) -> HttpResponse:
    """Keep someone in reserve until a date."""
    instance, person = _need(request, need), _expert(request, expert)
    require(rules.can_keep_in_reserve(request.actor, instance))
    rank = {"rank": selectors.standing_reserve(instance).count() + 1}
    form = ReserveForm(request.POST or None, initial=rank)
    back = pages.shortlist_url(request.actor, need)

    def keep() -> str:
        kept = {name: form.cleaned_data[name] for name in ("rank", "until")}
        actions.keep_in_reserve(need=instance, expert=person, by=request.actor, **kept)
        return back

    if url := create(request, form, keep):
        return done_redirect(request, url, f"{person} est en réserve.")
    context = {"form": form, "need": instance, "expert": person, "cancel": back}
    return render_page(request, "proposals/reseau_reserve.html", context)


@role_required("reseau")
def unreserve(request: Request, pk: int) -> HttpResponse:
    """Take someone off the reserve."""
    own = ReserveEntry.objects.filter(need__network=request.actor.scope)
    entry = get_object_or_404(own.select_related("need", "expert__person"), pk=pk)
    require(rules.can_drop_from_reserve(request.actor, entry))
    back = pages.shortlist_url(request.actor, entry.need_id)
    if request.method == "POST":
        actions.drop_from_reserve(entry, by=request.actor)
        return done_redirect(request, back, f"{entry.expert} n’est plus en réserve.")
    return render_page(request, "proposals/reseau_unreserve.html", {"entry": entry, "cancel": back})


@role_required("reseau")
def proposal(request: Request, pk: int) -> HttpResponse:
    """Show one proposal: the answers, their deadline, the reasons shown that day."""
    instance = load(request, pk)
    context = {
        "row": instance,
        "tone": pages.TONES[instance.state],
        "facts": pages.facts_of(instance, "reseau"),
        "answers": pages.answers_of(instance),
        "verbs": _verbs(request, instance),
        "reasons": instance.reasons,
        "bad": selectors.unreachable(instance),
    }
    return render_page(request, "proposals/reseau_proposal.html", context)


@role_required("reseau")
def reply(request: Request, pk: int, party: str) -> HttpResponse:
    """Record what a party said by phone or on paper; it is confirmed to that party."""
    instance = load(request, pk)
    if party not in rules.parties_of(instance):
        raise Http404
    require(rules.can_answer(request.actor, instance, party))
    form = AnswerForm(request.POST or None, subject=instance, party=party, officer=True)
    url = pages.url_of(request.actor, "proposal", pk)

    def answer() -> None:
        record(instance, form, party, request.actor.on_word_of(form.cleaned_data["word_of"]))

    if submit(request, form, answer):
        return done_redirect(request, url, "La réponse est enregistrée et confirmée par message.")
    context = {"form": form, "row": instance, "cancel": url, "party": Party(party).label}
    return render_page(request, "proposals/answer.html", context)


def _need(request: Request, pk: int) -> Any:
    related = ("call", "network", "association")
    return get_object_or_404(searched(request.actor).select_related(*related), pk=pk)


def _expert(request: Request, pk: int) -> Expert:
    visible = Expert.objects.visible_to(request.actor)
    return get_object_or_404(visible.select_related("person", "employer"), pk=pk)


def _verbs(request: Request, instance: Proposal) -> list[dict[str, Any]]:
    actor = request.actor
    answers = [
        {
            "label": f"Répondre pour {Party(party).label}",
            "url": pages.url_of(actor, "answer", instance.pk, party),
        }
        for party in rules.silent(instance)
        if rules.can_answer(actor, instance, party)
    ]
    return [*answers, *VERBS.buttons(actor, instance)]
