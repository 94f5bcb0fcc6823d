"""Pages of those who sign: by a personal link without account, and the verbs on their places."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from explor.ground.files.views.files import download
from explor.ground.http.access import public, require
from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.ui.submit import submit
from explor.ground.workflow.pages import Verb, VerbPages

from .. import actions, rules, selectors
from ..forms import DelegateForm, LinkForm, PaperForm, SignatoryForm
from ..models import Release, Signatory
from ..pages import signing as pages
from ..selectors import Signing


def load_place(request: Request, pk: int) -> Signatory:
    """Return a signatory of a release that the current actor may see, or 404."""
    row = get_object_or_404(Signatory.objects.visible_to(request.actor), pk=pk)
    release = selectors.with_related(Release.objects.filter(pk=row.release_id)).get()
    return next(each for each in release.signatories.all() if each.pk == pk)


PLACES = VerbPages(
    "releases",
    "signataires/<int:pk>/",
    load=load_place,
    back=pages.url_of_release,
    crumb=lambda place: place.release.proposal.need.title,
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
            effects=pages.effects_of_paper,
            done="La signature est notée.",
        ),
    ),
)


def source_of(request: HttpRequest, form: Any) -> actions.Source:
    """Return from what a form comes: address, browser, and when its page was drawn."""
    return actions.Source(
        address=get_adapter(request).get_client_ip(request),
        browser=request.headers.get("User-Agent", ""),
        shown_at=form.cleaned_data["shown"],
    )


def _opened(secret: str) -> Signing:
    """Return what a link opens, or raise 404 for an unknown link."""
    opened = selectors.signing_of(secret)
    if opened is None:
        raise Http404
    return opened


def _actor(place: Signatory) -> Actor:
    """Return the signatory, in the role of its party."""
    release = place.release
    scopes = {
        "association": release.proposal.need.association_id,
        "expert": release.proposal.expert_id,
        "employeur": release.employer_id,
    }
    return Actor(
        name=place.name, email=place.email, role=place.party, scope=scopes.get(place.party)
    )


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the agreement to the person of a link, and sign it once they confirm.

    Reading the page signs nothing and burns nothing, so that a program that opens the links of a
    mailbox does no harm.
    """
    opened = _opened(secret)
    context = pages.context_of_link(opened)
    if context["standing"] in ("open", "blocked"):
        place, by = opened.place, _actor(opened.place)
        require(rules.can(by, "sign", opened.release))
        form = context["form"] = LinkForm(request.POST or None, place=place)
        if submit(
            request,
            form,
            lambda: actions.sign_by_link(place, by=by, source=source_of(request, form)),
        ):
            return HttpResponseRedirect(request.path)
    return _private(request, {**context, "secret": secret})


def _private(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Return the page of a link, that no search engine keeps and whose address stays private."""
    response = render_page(request, "releases/signing.html", context)
    response["X-Robots-Tag"], response["Referrer-Policy"] = "noindex", "same-origin"
    return response


@public
@never_cache
@require_safe
def document(request: HttpRequest, secret: str) -> FileResponse:
    """Serve the agreement to sign, or its signed copy, to the person of a valid link."""
    opened = _opened(secret)
    if pages.standing_of(opened) not in ("open", "blocked", "later", "signed"):
        raise Http404
    agreement = opened.release.agreement
    if agreement is None:
        raise Http404
    return download(agreement.latest_document, by=_actor(opened.place))
