"""Pages for signatories: sign, delegate or renew by a personal link without account.

Also the actions on signatories, and the files of signatures and proofs.
"""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.ratelimit import consume
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from explor.ground.files.views.files import download, download_original
from explor.ground.http.access import private_link, public, require
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.ui.forms import BaseForm
from explor.ground.ui.submit import submit
from explor.ground.workflow.pages import Verb, VerbPages, typed_values
from explor.journey.proposals.rules import own_seat

from .. import actions, rules, selectors
from ..forms import DelegateForm, LinkForm, PaperForm, SignatoryForm
from ..models import ProofFile, Release, Signatory, Signature
from ..pages import signing as pages
from ..selectors import Signing


def load_signatory(request: Request, pk: int) -> Signatory:
    """Return a signatory of a release that the current actor may see, or 404."""
    row = get_object_or_404(Signatory.objects.visible_to(request.actor), pk=pk)
    release = selectors.with_related(Release.objects.filter(pk=row.release_id)).get()
    return next(each for each in release.signatories.all() if each.pk == pk)


SIGNATORIES = VerbPages(
    "releases",
    "signataires/<int:pk>/",
    load=load_signatory,
    back=pages.url_of_release,
    crumb=lambda signatory: signatory.release.proposal.need.title,
    roles=("association", "employeur", "reseau"),
    verbs=(
        Verb(
            actions.name_signatory,
            "nommer",
            label=pages.label_of_name,
            title=pages.title_of("Qui signe"),
            form=SignatoryForm,
            can=rules.can_name,
            effects=pages.effects_of_name,
            done="C’est noté.",
        ),
        Verb(
            actions.send_link,
            "lien",
            label=pages.label_of_link,
            can=rules.can_send_link,
            blockers=pages.blockers_of_link_sent,
            effects=pages.effects_of_link,
            done="Le lien est parti.",
        ),
        Verb(
            actions.delegate_signature,
            "deleguer",
            label="Noter une délégation",
            title=pages.title_of("Qui signe par délégation"),
            form=DelegateForm,
            can=rules.can_delegate,
            effects=pages.effects_of_delegate,
            done="La délégation est notée.",
        ),
        Verb(
            actions.withdraw_link,
            "retirer-le-lien",
            label="Retirer le lien",
            can=rules.can_withdraw_link,
            effects=pages.effects_of_withdraw,
            done="Le lien est retiré.",
        ),
        Verb(
            actions.sign_on_paper,
            "papier",
            by=("reseau",),
            label="Déposer le papier signé",
            title=pages.title_of("Déposer le papier signé"),
            form=PaperForm,
            can=rules.can_record_paper,
            blockers=lambda actor, signatory: own_seat(actor, signatory.release.proposal.expert),
            effects=pages.effects_of_paper,
            done="La signature est notée.",
        ),
    ),
)


def source_of(request: HttpRequest, form: Any) -> actions.Source:
    """Return where a submitted form comes from: IP address, browser, time its page was rendered."""
    return actions.Source(
        address=get_adapter(request).get_client_ip(request),
        browser=request.headers.get("User-Agent", ""),
        shown_at=form.cleaned_data["shown"],
    )


def _opened(secret: str) -> Signing:
    """Return the signing page data of a personal link, or raise 404 for an unknown link."""
    opened = selectors.signing_of(secret)
    if opened is None:
        raise Http404
    return opened


@public
@private_link
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the agreement to the holder of a personal link, and sign it when they confirm.

    A GET request neither signs nor uses up the link, so a program that follows the links of a
    mailbox does no harm.
    """
    opened = _opened(secret)
    context = pages.context_of_link(opened)
    if context["standing"] in ("open", "blocked"):
        signatory, by = opened.place, pages.actor_of(opened.place)
        require(rules.can_sign_by_link(by, signatory))
        form = context["form"] = LinkForm(request.POST or None, signatory=signatory)
        if submit(
            request,
            form,
            lambda: actions.sign_by_link(
                signatory, by=by, link=opened.link, source=source_of(request, form)
            ),
        ):
            return HttpResponseRedirect(request.path)
    elif context["standing"] == "expired":
        context["form"] = BaseForm()
    return render_page(request, "releases/signing.html", {**context, "secret": secret})


@public
@private_link
@require_http_methods(["GET", "HEAD", "POST"])
def delegate(request: HttpRequest, secret: str) -> HttpResponse:
    """Let the holder of a personal link name another person to sign by delegation."""
    opened = _opened(secret)
    signatory, by = opened.place, pages.actor_of(opened.place)
    if pages.standing_of(opened) not in ("open", "blocked", "later"):
        return HttpResponseRedirect(reverse("releases:signing", args=[secret]))
    require(rules.can_delegate(by, signatory))
    form = DelegateForm(request.POST or None, subject=signatory)
    done = submit(
        request,
        form,
        lambda: actions.delegate_signature(
            signatory, by=by, expected_version=form.expected_version, **typed_values(by, form)
        ),
    )
    context = {"form": form, "opened": opened, "done": done, "secret": secret}
    return render_page(request, "releases/delegating.html", context)


@public
@private_link
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, secret: str) -> HttpResponse:
    """Send a new link to the address on record, when the holder of an expired link asks for one.

    Any other link redirects to its page; too many requests get the status 429.
    """
    opened = _opened(secret)
    signatory, by = opened.place, pages.actor_of(opened.place)
    if pages.standing_of(opened) != "expired":
        return HttpResponseRedirect(reverse("releases:signing", args=[secret]))
    require(rules.can_sign_by_link(by, signatory))
    form, sent = BaseForm(request.POST if request.method == "POST" else None), False
    if request.method == "POST" and not consume(request, action="renew_link"):
        form.refuse(ActionNotAllowed("Trop d’essais : attendez une minute."))
        form.status = 429
    else:
        sent = submit(request, form, lambda: actions.renew_link(signatory, by=by))
    context = {**pages.context_of_link(opened), "form": form, "sent": sent, "secret": secret}
    return render_page(request, "releases/signing.html", context)


@public
@private_link
@require_safe
def document(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Serve the agreement to sign, or its signed copy, to the holder of a valid link.

    A link that has expired redirects to its page, which offers to renew it unless its holder has
    signed. Any other link that no longer signs answers 404.
    """
    opened = _opened(secret)
    agreement = opened.release.agreement
    if agreement and pages.is_readable(opened):
        return download(agreement.latest_document, by=pages.actor_of(opened.place))
    if pages.standing_of(opened) in ("expired", "signed"):
        return HttpResponseRedirect(reverse("releases:signing", args=[secret]))
    raise Http404


def paper(request: Request, pk: int) -> FileResponse:
    """Serve the sanitized copy of a paper signed by hand, to the network and to its party."""
    return download(_on_paper(request, pk).paper, by=request.actor)


def original(request: Request, pk: int) -> FileResponse:
    """Serve the unchanged bytes of a paper signed by hand, to the network and to its party."""
    return download_original(_on_paper(request, pk).original, by=request.actor)


def _on_paper(request: Request, pk: int) -> Any:
    """Return a signature on paper whose files the actor may read, or raise 404."""
    rows = Signature.objects.visible_to(request.actor).filter(original__isnull=False)
    return get_object_or_404(rows.select_related("paper", "original"), pk=pk)


def proof_file(request: Request, pk: int) -> FileResponse:
    """Serve the proof file for the role of the actor, or raise 404 before it is generated."""
    release = get_object_or_404(Release.objects.visible_to(request.actor), pk=pk)
    require(rules.can_read_proof(request.actor, release))
    party = "" if request.actor.role == "reseau" else request.actor.role
    rows = ProofFile.objects.filter(agreement=release.agreement_id, party=party)
    row = get_object_or_404(rows.select_related("document"))
    return download(row.document, by=request.actor)
