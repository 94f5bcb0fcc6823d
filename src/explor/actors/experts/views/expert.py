"""Pages on which a professional manages their own profile."""

from django.http import HttpResponse
from django.urls import reverse

from explor.actors.networks.models import Network
from explor.ground.http.access import require
from explor.ground.http.actor import Actor
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.submit import create, submit

from .. import actions, pages, rules
from ..forms import AvailabilityForm, ProfileEdit, ProfileNew
from ..models import Expert
from .verbs import VERBS, load_own


def open_profile(request: Request) -> HttpResponse:
    """Create the profile of a signed-in person; redirect to the profile if it exists."""
    if Expert.objects.filter(person=request.user).exists():
        return done_redirect(request, reverse("experts:expert_profile"))
    # A visitor who comes from a mission finds the form filled with the skills it requires.
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
        new = actions.open_profile(by=by, person=person, **fields)
        actions.describe(new, by=by, changes={}, languages=languages)
        return reverse("experts:expert_profile")

    if url := create(request, form, open_own):
        return done_redirect(request, url, "Votre profil est ouvert. Ajoutez vos disponibilités.")
    return render_page(request, "experts/open_profile.html", {"form": form})


@role_required("expert")
def profile(request: Request) -> HttpResponse:
    """Show the profile, the networks that may see it, and what is missing to offer it."""
    own = load_own(request)
    context = {
        "expert": own,
        "facts": pages.facts_of(own),
        "missing": rules.missing_to_offer(own),
        "availabilities": own.availabilities.all(),
        "consents": own.consents.all(),
        "others": Network.objects.filter(in_explor=True).exclude(
            pk__in=[c.network_id for c in own.consents.all()]
        ),
        "verbs": VERBS.buttons(request.actor, own),
    }
    return render_page(request, "experts/expert_profile.html", context)


@role_required("expert")
def edit(request: Request) -> HttpResponse:
    """Edit the profile, which also confirms that it is up to date."""
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
    """Add a period of availability."""
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
