"""Pages on which a professional keeps their own profile."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.actors.networks.models import Network
from explor.ground.http.access import require
from explor.ground.http.actor import Actor
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.submit import create, submit
from explor.ground.workflow.forms import ActionForm

from .. import actions, queries, rules
from ..forms import AvailabilityForm, ProfileEdit, ProfileNew
from ..models import Expert
from .verbs import VERBS, load_own


def open_profile(request: Request) -> HttpResponse:
    """Open the profile of a signed-in person; redirect to it when there is one."""
    if Expert.objects.filter(person=request.user).exists():
        return done_redirect(request, reverse("experts:expert_profile"))
    # A visitor who comes from a mission finds what it asks for, to correct rather than to type.
    prefilled = {
        "sectors": request.GET.getlist("secteurs")[:10],
        "skills": [skill[:80] for skill in request.GET.getlist("competences")[:10]],
    }
    form = ProfileNew(request.POST or None, initial=prefilled)
    person = request.user
    by = Actor(person=person.pk, name=person.name, email=person.email, role="expert")

    def open_own() -> str:
        fields = form.values
        languages = fields.pop("languages")
        made = actions.open_profile(by=by, person=person, **fields)
        actions.describe(made, by=by, changes={}, languages=languages)
        return reverse("experts:expert_profile")

    if url := create(request, form, open_own):
        return done_redirect(request, url, "Votre profil est ouvert. Ajoutez vos disponibilités.")
    return render_page(request, "experts/open_profile.html", {"form": form})


@role_required("expert")
def profile(request: Request) -> HttpResponse:
    """Show the profile as networks see it, who sees it, and what it still lacks."""
    own = load_own(request)
    context = {
        "expert": own,
        "facts": queries.facts_of(own),
        "missing": rules.missing_to_offer(own),
        "availabilities": own.availabilities.all(),
        "consents": own.consents.all(),
        "others": Network.objects.exclude(pk__in=[c.network_id for c in own.consents.all()]),
        "verbs": VERBS.buttons(request.actor, own),
    }
    return render_page(request, "experts/expert_profile.html", context)


@role_required("expert")
def edit(request: Request) -> HttpResponse:
    """Change the profile, which confirms it too."""
    own = load_own(request)
    require(rules.can_describe(request.actor, own))
    form = ProfileEdit(request.POST or None, subject=own)

    def describe() -> None:
        changes = dict(form.values)
        languages = changes.pop("languages")
        actions.describe(
            own,
            by=request.actor,
            changes=changes,
            languages=languages,
            expected_version=form.expected_version,
        )

    if submit(request, form, describe):
        return done_redirect(request, reverse("experts:expert_profile"), "C’est enregistré.")
    return render_page(request, "experts/expert_edit.html", {"form": form, "expert": own})


@role_required("expert")
def availability(request: Request) -> HttpResponse:
    """Add days on which the expert could leave."""
    own = load_own(request)
    require(rules.can_describe(request.actor, own))
    form = AvailabilityForm(request.POST or None)

    def add() -> str:
        days = {name: form.cleaned_data[name] for name in ("start", "end")}
        actions.add_availability(own, by=request.actor, **days)
        return reverse("experts:expert_profile")

    if url := create(request, form, add):
        return done_redirect(request, url, "Cette période est ajoutée.")
    return render_page(request, "experts/expert_availability.html", {"form": form})


@role_required("expert")
def consent(request: Request, network: str, verb: str) -> HttpResponse:
    """Let a network see the profile, or no longer."""
    own, reader = load_own(request), get_object_or_404(Network, slug=network)
    require(rules.can_describe(request.actor, own))
    give = verb == "autoriser"
    change = actions.give_consent if give else actions.withdraw_consent
    form = ActionForm(request.POST or None, subject=own)
    if submit(request, form, lambda: change(own, network=reader, by=request.actor)):
        message = f"{reader} {'voit' if give else 'ne voit plus'} votre profil."
        return done_redirect(request, reverse("experts:expert_profile"), message)
    label = f"{'Autoriser' if give else 'Ne plus autoriser'} {reader} à voir mon profil"
    return render_page(request, "experts/expert_consent.html", {"form": form, "label": label})
