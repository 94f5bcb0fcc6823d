"""The page of a release and its signature, the same for the four hats, each under its own."""

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from explor.ground.common.access import require
from explor.ground.common.actor import Actor
from explor.ground.common.forms import Act
from explor.ground.common.request import Request
from explor.ground.common.views import answer, page, submit
from explor.ground.documents.views.files import download

from .. import actions, engine, queries, rules
from ..forms import ApproveForm, SignForm
from ..models import Release
from ..states import State


def releases(request: Request) -> HttpResponse:
    """The releases of an employer, those that wait first."""
    found = queries.whole(Release.objects.visible_to(request.actor)).order_by("state", "-pk")
    rows = Paginator(found, 30).get_page(request.GET.get("page"))
    context = {
        "rows": [(release, queries.url_of(request.actor, release)) for release in rows],
        "page": rows,
        "columns": ["Personne", "Mission", "État", "Réponse avant"],
    }
    return page(request, "releases/releases.html", context)


def release(request: Request, pk: int) -> HttpResponse:
    """Who leaves, when, in which frames; what can be done, the agreement and its signatures."""
    found = found_for(request, pk)
    asked = found.state == State.ASKED
    context = {
        "release": found,
        "tone": queries.TONES[found.state],
        "facts": queries.facts_of(found),
        "frames": engine.verdicts(found, timezone.localdate()) if asked else [],
        "columns": ["Cadre", "Lecture", "Pourquoi", "Dépôt au plus tard", "Qui paie"],
        "verbs": _verbs(request, found),
        "signatures": found.signatures.all(),
        "left": rules.missing_to_conclude(found) if found.state == State.APPROVED else [],
        "file": queries.url_of(request.actor, found, "agreement") if found.agreement_id else "",
    }
    return page(request, "releases/release.html", context)


def approve(request: Request, pk: int) -> HttpResponse:
    found = found_for(request, pk)
    require(rules.can(request.actor, "approve", found))
    form = ApproveForm(request.POST or None, subject=found)
    if submit(
        request,
        form,
        lambda: actions.approve(found, by=_voice(request, found), seen=form.seen, **form.values),
    ):
        return answer(request, queries.url_of(request.actor, found), "C’est accordé, merci.")
    return _act(request, found, form, "Accorder la mise à disposition")


def refuse(request: Request, pk: int) -> HttpResponse:
    found = found_for(request, pk)
    require(rules.can(request.actor, "refuse", found))
    form = Act(request.POST or None, subject=found, needs_reason=True)
    if submit(
        request,
        form,
        lambda: actions.refuse(found, by=_voice(request, found), reason=form.why, seen=form.seen),
    ):
        return answer(request, queries.url_of(request.actor, found), "Le refus est transmis.")
    return _act(request, found, form, "Refuser la mise à disposition")


def sign(request: Request, pk: int) -> HttpResponse:
    """Sign on screen, or, for the network, record a signed paper."""
    found = found_for(request, pk)
    require(rules.can_sign(request.actor, found))
    hat = request.actor.hat
    form = SignForm(request.POST or None, subject=found, hat=hat)

    def run() -> None:
        data = form.cleaned_data
        party = data["party"] if hat == "reseau" else hat
        by = request.actor.on_word_of(data["name"]) if hat == "reseau" else request.actor
        paper = hat == "reseau"
        actions.sign(found, by=by, party=party, name=data["name"], on_paper=paper, seen=form.seen)

    if submit(request, form, run):
        return answer(request, queries.url_of(request.actor, found), "La signature est notée.")
    return _act(request, found, form, "Signer la convention")


def confirm(request: Request, pk: int) -> HttpResponse:
    """The officer confirms the frame stated by the employer."""
    found = found_for(request, pk)
    form = Act(request.POST or None, subject=found)
    if submit(
        request, form, lambda: actions.confirm_frame(found, by=request.actor, seen=form.seen)
    ):
        return answer(request, queries.url_of(request.actor, found), "Le cadre est confirmé.")
    return _act(request, found, form, "Confirmer le cadre")


def agreement(request: Request, pk: int) -> FileResponse:
    """The agreement, for its parties only."""
    found = found_for(request, pk)
    if found.agreement is None:
        raise Http404
    return download(found.agreement, by=request.actor)


def found_for(request: Request, pk: int) -> Release:
    """The release, if this hat may see it."""
    return get_object_or_404(queries.whole(Release.objects.visible_to(request.actor)), pk=pk)


def _voice(request: Request, found: Release) -> Actor:
    """The employer itself, or the network on its word."""
    if request.actor.hat != "reseau":
        return request.actor
    return request.actor.on_word_of(found.employer.name if found.employer else "la personne")


def _act(request: Request, found: Release, form: object, label: str) -> HttpResponse:
    back = queries.url_of(request.actor, found)
    context = {"form": form, "release": found, "label": label, "back": back}
    return page(request, "releases/act.html", context)


def _verbs(request: Request, found: Release) -> list[dict[str, object]]:
    actor = request.actor
    items = [
        ("Accorder la mise à disposition", "approve", rules.can(actor, "approve", found)),
        ("Refuser", "refuse", rules.can(actor, "refuse", found)),
        ("Signer la convention", "sign", rules.can_sign(actor, found)),
        ("Confirmer le cadre", "confirm", actor.hat == "reseau" and _to_confirm(found)),
    ]
    return [
        {
            "label": label,
            "danger": name == "refuse",
            "url": queries.url_of(actor, found, name),
        }
        for label, name, may in items
        if may
    ]


def _to_confirm(found: Release) -> bool:
    return bool(found.frame) and not found.confirmed_by
