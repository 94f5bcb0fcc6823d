"""The guided builder: short screens from an idea to terms of reference, saved as one types."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from explor.ground.common.access import require
from explor.ground.common.conflict import Refused
from explor.ground.common.forms import Act
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, page, submit
from explor.ground.reference.queries import terms
from explor.journey.calls.queries import calendar_of

from .. import actions, queries, rules
from ..forms import ScreenForm
from ..models import Need
from ..queries.similar import like
from ..queries.together import others_there
from ..rules import SCREENS, Screen


@wear("association")
def screen(request: Request, pk: int, slug: str) -> HttpResponse:
    """One screen: an idea, what may be added by a click, where one stands on the way."""
    found, shown = _open(request, pk, slug)
    told = {"asked": request.GET.get("chercher", ""), "partner": request.GET.get("partenaire", "")}
    form = ScreenForm(request.POST or None, subject=found, screen=shown, **told)
    if submit(request, form, lambda: _keep(request, found, form, settle=True)):
        actions.be_there(found, by=request.actor, screen=slug)
        return answer(request, _next(request, found, form), _done(request, form))
    context = {
        "form": form,
        "need": found,
        "screen": shown,
        "way": queries.way_of(found, shown.slug),
        "theirs": _theirs(found, form),
        "gauge": queries.gauge_of(found),
        "doubts": queries.doubts_of(found),
        "others": others_there(found, request.actor),
        "alike": like(found, request.actor) if shown.slug == "attendus" else [],
        "questions": queries.examples_of(found.mission_type, "questions"),
        "types": terms("mission_types").values(),
        "calendar": calendar_of(found.call) if shown.slug == "dates" else [],
    }
    return page(request, "needs/association_screen.html", context)


@wear("association")
def keep(request: Request, pk: int, slug: str) -> HttpResponse:
    """Save what is being typed: only what holds, and in few queries."""
    if request.method != "POST" or slug not in SCREENS:
        raise Http404
    drafts = Need.objects.visible_to(request.actor).select_related("call")
    found = get_object_or_404(drafts, pk=pk)
    form = ScreenForm(request.POST, subject=found, screen=SCREENS[slug])
    form.is_valid()
    if not {"tab", "version"} <= form.cleaned_data.keys():
        raise Http404
    wrong = [form.fields[name].label for name in form.errors if name in form.fields]
    refused: list[str] = []
    try:
        _keep(request, found, form)
    except Refused as refusal:
        refused = [reason for reason in refusal.reasons if reason]
    context = {"need": found, "wrong": wrong, "at": timezone.now(), "refused": refused}
    context |= {"gauge": queries.gauge_of(found), "doubts": queries.doubts_of(found)}
    return render(request, "needs/_kept.html", context, status=409 if refused else 200)


@wear("association")
def review(request: Request, pk: int) -> HttpResponse:
    """Read over all that is written, see what is missing, and file."""
    found = get_object_or_404(queries.whole(Need.objects.visible_to(request.actor)), pk=pk)
    require(rules.can_edit(request.actor, found))
    context = {
        "need": found,
        "way": queries.way_of(found, ""),
        "parts": queries.parts_of(found),
        "gauge": queries.gauge_of(found),
        "doubts": queries.doubts_of(found),
        "missing": rules.missing_to_file(found),
        "act": Act(subject=found),
        "url": reverse("needs:association_act", args=[request.actor.key, pk, "deposer"]),
    }
    return page(request, "needs/association_review.html", context)


def _open(request: Request, pk: int, slug: str) -> tuple[Need, Screen]:
    if slug not in SCREENS:
        raise Http404
    found = get_object_or_404(queries.whole(Need.objects.visible_to(request.actor)), pk=pk)
    # What is sent while a co-author files is refused in words by the verb, and stays on the page.
    require(request.method == "POST" or rules.can_edit(request.actor, found))
    return found, SCREENS[slug]


def _keep(request: Request, found: Need, form: ScreenForm, *, settle: bool = False) -> None:
    actions.describe_part(
        found,
        by=request.actor,
        changes=form.changes,
        languages=form.spoken,
        tab=form.cleaned_data["tab"],
        seen=form.seen,
        settle=settle,
    )


def _next(request: Request, found: Need, form: ScreenForm) -> str:
    """The same screen after a search or an addition, else the next."""
    args = [request.actor.key, found.pk]
    slug = form.screen.slug
    here = reverse("needs:association_screen", args=[*args, slug])
    if form.searching:
        return f"{here}?{urlencode({'chercher': form.searching})}#propositions"
    if form.adding:
        return f"{here}#id_{form.adding}"
    if further := rules.after(slug):
        return reverse("needs:association_screen", args=[*args, further])
    return reverse("needs:association_review", args=args)


def _done(request: Request, form: ScreenForm) -> str:
    done = f"Enregistré à {timezone.localtime():%H h %M}."
    if form.searching and "search" not in request.POST:
        return (
            f"{done} « {form.searching} » n’est pas encore ajouté : choisissez une proposition, "
            "ou écrivez votre compétence plus bas."
        )
    return done


def _theirs(found: Need, form: ScreenForm) -> list[tuple[str, object]]:
    """After a conflict, what is saved today in the parts of this screen."""
    if form.status != 409:
        return []
    now = queries.whole(Need.objects.filter(pk=found.pk)).get()
    return next(facts for screen, facts in queries.parts_of(now) if screen is form.screen)
