"""An officer searches, introduces, keeps in reserve, and answers for those who phoned."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.actors.experts.models import Expert
from explor.ground.common.access import require
from explor.ground.common.forms import Act
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, create, page, submit

from .. import actions, engine, queries, rules
from ..forms import AnswerForm, IntroduceForm, ReserveForm
from ..models import Introduction, Party, ReserveEntry
from .party import record

VERBS = {
    "reprendre": ("recall", "La proposition est reprise."),
    "desistement": ("lose", "Le désistement est enregistré. La recherche reprend."),
}
COMPARED = 4  # people side by side: more no longer fit on a page
SEARCHES = ["Besoin", "Association", "Places", "Recherche"]


@wear("reseau")
def searches(request: Request) -> HttpResponse:
    """The selected needs, and where the search for each stands."""
    asked = request.GET.get("q", "").strip()
    found = queries.searched(request.actor).filter(title__unaccent__icontains=asked)
    rows = Paginator(found.order_by("window_start", "pk"), 30).get_page(request.GET.get("page"))
    lines = [(need, *queries.search_state(need)) for need in rows]
    context = {"rows": rows, "lines": lines, "asked": asked, "columns": SEARCHES}
    return page(request, "introductions/reseau_searches.html", context)


@wear("reseau")
def shortlist(request: Request, need: int) -> HttpResponse:
    """The experts ranked with reasons, or those set aside and what would make them fit."""
    found = _need(request, need)
    aside = request.GET.get("voir") == "ecartes"
    asked = request.GET.get("q", "").strip()
    named = queries.named(request.actor, asked) if asked else None
    found_list = engine.shortlist(found, aside=aside, only=named, page=request.GET.get("page"))
    context = {
        "need": found,
        "list": found_list,
        "aside": aside,
        "asked": asked,
        "state": queries.search_state(found),
        "held": queries.lines(request.actor, queries.whole(found.introductions.holding())),
        "reserve": queries.standing_reserve(found),
        "full": found.held >= found.seats,
    }
    return page(request, "introductions/reseau_shortlist.html", context)


@wear("reseau")
def compare(request: Request, need: int) -> HttpResponse:
    """Two to four people side by side for one need, those set aside too."""
    found = _need(request, need)
    chosen = [int(pk) for pk in request.GET.getlist("avec") if pk.isdecimal() and len(pk) < 10]
    lines = engine.lines_of(found, list(dict.fromkeys(chosen))[:COMPARED])
    context = {
        "need": found,
        "lines": lines,
        "rows": queries.compared(lines),
        "columns": ["", *(line.expert.person.name for line in lines)],
        "full": found.held >= found.seats,
    }
    return page(request, "introductions/reseau_compare.html", context)


@wear("reseau")
def introduce(request: Request, need: int, expert: int) -> HttpResponse:
    """Choose the dates, write a word, and say why if the ranking is passed over."""
    found, person = _need(request, need), _expert(request, expert)
    line = engine.line_of(found, person)
    dates = {"start": line.candidate.start, "end": line.candidate.end}
    must = not (line.candidate.eligible and line.first)
    form = IntroduceForm(request.POST or None, initial=dates, must_override=must)

    def act() -> str:
        made = actions.introduce(need=found, expert=person, by=request.actor, **form.values)
        return queries.url_of(request.actor, "introduction", made.pk)

    if url := create(request, form, act):
        return answer(request, url, "La proposition est envoyée aux parties.")
    context = {"form": form, "need": found, "line": line, "must_override": must}
    return page(request, "introductions/reseau_introduce.html", context)


@wear("reseau")
def reserve(request: Request, need: int, expert: int) -> HttpResponse:
    """Keep someone in mind until a date."""
    found, person = _need(request, need), _expert(request, expert)
    rank = {"rank": queries.standing_reserve(found).count() + 1}
    form = ReserveForm(request.POST or None, initial=rank)
    back = reverse("introductions:reseau_shortlist", args=[request.actor.key, need])

    def act() -> str:
        kept = {name: form.cleaned_data[name] for name in ("rank", "until")}
        actions.keep_in_reserve(need=found, expert=person, by=request.actor, **kept)
        return back

    if url := create(request, form, act):
        return answer(request, url, f"{person} est en réserve.")
    context = {"form": form, "need": found, "expert": person, "cancel": back}
    return page(request, "introductions/reseau_reserve.html", context)


@wear("reseau")
def unreserve(request: Request, pk: int) -> HttpResponse:
    """Take someone off the reserve."""
    own = ReserveEntry.objects.filter(need__network=request.actor.scope)
    entry = get_object_or_404(own.select_related("need", "expert__person"), pk=pk)
    back = reverse("introductions:reseau_shortlist", args=[request.actor.key, entry.need_id])
    if request.method == "POST":
        actions.drop_from_reserve(entry, by=request.actor)
        return answer(request, back, f"{entry.expert} n’est plus en réserve.")
    return page(request, "introductions/reseau_unreserve.html", {"entry": entry, "cancel": back})


@wear("reseau")
def introduction(request: Request, pk: int) -> HttpResponse:
    """One proposal: the answers and their clock, the reasons shown that day."""
    found = _found(request, pk)
    context = {
        "row": found,
        "tone": queries.TONES[found.state],
        "facts": queries.facts_of(found, "reseau"),
        "answers": queries.answers_of(found),
        "verbs": _verbs(request, found),
        "reasons": found.reasons,
        "bad": queries.unreachable(found),
    }
    return page(request, "introductions/reseau_introduction.html", context)


@wear("reseau")
def reply(request: Request, pk: int, party: str) -> HttpResponse:
    """Record what a party said by phone or on paper; it is confirmed to that party."""
    found = _found(request, pk)
    if party not in rules.parties_of(found):
        raise Http404
    require(rules.can_answer(request.actor, found, party))
    form = AnswerForm(request.POST or None, subject=found, party=party, officer=True)
    url = queries.url_of(request.actor, "introduction", pk)

    def act() -> None:
        record(found, form, party, request.actor.on_word_of(form.cleaned_data["word_of"]))

    if submit(request, form, act):
        return answer(request, url, "La réponse est enregistrée et confirmée par message.")
    context = {"form": form, "row": found, "cancel": url, "party": Party(party).label}
    return page(request, "introductions/answer.html", context)


@wear("reseau")
def act(request: Request, pk: int, verb: str) -> HttpResponse:
    """Take a proposal back, or record that the expert will not go."""
    if verb not in VERBS:
        raise Http404
    found, (name, done) = _found(request, pk), VERBS[verb]
    require(rules.can(request.actor, name, found))
    form = Act(request.POST or None, subject=found, needs_reason=True)
    url = queries.url_of(request.actor, "introduction", pk)

    def run() -> None:
        getattr(actions, name)(found, by=request.actor, seen=form.seen, reason=form.why)

    if submit(request, form, run):
        return answer(request, url, done)
    transition = found.workflow.transition(found.state, name)
    context = {"form": form, "row": found, "transition": transition, "cancel": url}
    return page(request, "introductions/act.html", context)


def _need(request: Request, pk: int) -> Any:
    related = ("call", "network", "association")
    searched = queries.searched(request.actor).select_related(*related)
    found = get_object_or_404(searched, pk=pk)
    require(rules.can_search(request.actor, found))
    return found


def _expert(request: Request, pk: int) -> Expert:
    visible = Expert.objects.visible_to(request.actor)
    return get_object_or_404(visible.select_related("person", "employer"), pk=pk)


def _found(request: Request, pk: int) -> Introduction:
    return get_object_or_404(queries.whole(Introduction.objects.visible_to(request.actor)), pk=pk)


def _verbs(request: Request, found: Introduction) -> list[dict[str, object]]:
    actor, verbs = request.actor, []
    for party in rules.silent(found):
        if rules.can_answer(actor, found, party):
            label = f"Répondre pour {Party(party).label}"
            url = queries.url_of(actor, "answer", found.pk, party)
            verbs.append({"label": label, "url": url})
    for slug, (name, _) in VERBS.items():
        if rules.can(actor, name, found):
            row = found.workflow.transition(found.state, name)
            url = queries.url_of(actor, "act", found.pk, slug)
            verbs.append({"label": row.label, "url": url, "danger": row.danger})  # type: ignore[dict-item]
    return verbs  # type: ignore[return-value]
