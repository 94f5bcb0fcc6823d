"""Pages of the field partners of an association."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from explor.ground.accounts.selectors import valid_links_of
from explor.ground.http.access import require
from explor.ground.http.actor import Actor
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.elision import of
from explor.ground.ui.submit import create, submit
from explor.ground.workflow.forms import ActionForm
from explor.ground.workflow.pages import Verb, VerbPages

from .. import actions, pages, rules
from ..forms import PartnerEdit, PartnerNew
from ..models import FieldPartner, Organisation


@role_required("association")
def add(request: Request) -> HttpResponse:
    """Add a field partner, then redirect to the page that the visitor came from.

    The query parameter `retour` names that page, which receives `partenaire`, the primary key.
    """
    own = get_object_or_404(Organisation, pk=request.actor.scope)
    require(rules.can_edit(request.actor, own))
    form, back = PartnerNew(request.POST or None), _back(request)

    def save() -> str:
        fields = {
            name: form.cleaned_data[name] for name in form.cleaned_data if name != "idempotency_key"
        }
        partner = actions.add_partner(own, by=request.actor, **fields)
        return f"{back}?partenaire={partner.pk}" if back else _profile(request)

    if url := create(request, form, save):
        return done_redirect(request, url, "Votre partenaire est enregistré.")
    context = {"form": form, "back": back or _profile(request)}
    return render_page(request, "organisations/association_partner.html", context)


@role_required("association")
def edit(request: Request, pk: int) -> HttpResponse:
    """Edit a field partner."""
    own = FieldPartner.objects.select_related("association")
    partner = get_object_or_404(own, pk=pk, association=request.actor.scope)
    require(rules.can_edit(request.actor, partner.association))
    form = PartnerEdit(request.POST or None, subject=partner)
    if submit(
        request,
        form,
        lambda: actions.describe_partner(
            partner, by=request.actor, changes=form.values, expected_version=form.expected_version
        ),
    ):
        return done_redirect(request, _profile(request), "C’est enregistré.")
    context = {
        "form": form,
        "partner": partner,
        "back": _profile(request),
        "has_links": valid_links_of(partner).exists(),
    }
    return render_page(request, "organisations/association_partner.html", context)


def load(request: Request, pk: int) -> FieldPartner:
    """Return a partner of an association that the current role may see, else 404."""
    visible = Organisation.objects.visible_to(request.actor)
    partners = FieldPartner.objects.filter(association__in=visible)
    return get_object_or_404(partners.select_related("association__network"), pk=pk)


def reasoned(actor: Actor, partner: FieldPartner) -> dict[str, bool]:
    """Return the form arguments: a reason is required, and the association receives it.

    `actor` and `partner` are unused.
    """
    return {"needs_reason": True}


def links_verb(role: str, route: str) -> VerbPages:
    """Return the confirmation page that revokes the links of a partner, for the role `role`."""
    return VerbPages(
        "organisations",
        route,
        load=load,
        back=pages.url_of_partner,
        roles=(role,),
        verbs=(
            Verb(
                actions.revoke_partner_links,
                "fermer-les-liens",
                url_name="partner_links",
                label="Fermer les liens",
                title=lambda actor, partner: f"Fermer les liens {of(partner.name)}",
                danger=True,
                options=reasoned,
                form=ActionForm,
                can=rules.can_revoke_links,
                effects=pages.effects_of_revoke_links,
                done=lambda actor, partner: f"Les liens {of(partner.name)} sont fermés.",
            ),
        ),
    )


OWN_LINKS = links_verb("association", "partenaires/<int:pk>/")
NETWORK_LINKS = links_verb("reseau", "organisations/partenaires/<int:pk>/")


def _profile(request: Request) -> str:
    return reverse("organisations:association_profile", args=[request.actor.key])


def _back(request: Request) -> str:
    """Return the path in the query parameter `retour` if it is under the current role, else ""."""
    target = request.GET.get("retour", "")
    own = target.startswith(request.role.url) and "?" not in target
    return target if own and url_has_allowed_host_and_scheme(target, allowed_hosts=None) else ""
