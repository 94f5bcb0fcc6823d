"""The professional keeps their own profile."""

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
from ..models import Availability, Expert

VERBS = {
    "proposer": ("offer", "Proposer mon expertise", "Votre profil est proposé."),
    "mettre-en-pause": ("rest", "Mettre en pause", "Votre profil est en pause."),
    "confirmer": ("confirm", "Mon profil est à jour", "C’est noté : votre profil est à jour."),
}


def open_profile(request: Request) -> HttpResponse:
    """Someone signed in becomes an expert; who is one already goes to their profile."""
    if Expert.objects.filter(person=request.user).exists():
        return done_redirect(request, reverse("experts:expert_profile"))
    # Whoever comes from a mission brings what it asks for, to correct rather than to type.
    brought = {
        "sectors": request.GET.getlist("secteurs")[:10],
        "skills": [skill[:80] for skill in request.GET.getlist("competences")[:10]],
    }
    form = ProfileNew(request.POST or None, initial=brought)
    person = request.user
    by = Actor(person=person.pk, name=person.name, email=person.email, role="expert")

    def act() -> str:
        fields = {
            name: value for name, value in form.cleaned_data.items() if name != "idempotency_key"
        }
        languages = fields.pop("languages")
        made = actions.open_profile(by=by, person=person, **fields)
        actions.describe(made, by=by, changes={}, languages=languages)
        return reverse("experts:expert_profile")

    if url := create(request, form, act):
        return done_redirect(request, url, "Votre profil est ouvert. Ajoutez vos disponibilités.")
    return render_page(request, "experts/open_profile.html", {"form": form})


@role_required("expert")
def profile(request: Request) -> HttpResponse:
    """The profile as networks see it, who sees it, and what it still lacks."""
    own = _own(request)
    context = {
        "expert": own,
        "facts": queries.facts_of(own),
        "missing": rules.missing_to_offer(own),
        "availabilities": own.availabilities.all(),
        "consents": own.consents.all(),
        "others": Network.objects.exclude(pk__in=[c.network_id for c in own.consents.all()]),
        "verbs": _verbs(own),
    }
    return render_page(request, "experts/expert_profile.html", context)


@role_required("expert")
def edit(request: Request) -> HttpResponse:
    own = _own(request)
    form = ProfileEdit(request.POST or None, subject=own)

    def act() -> None:
        changes = dict(form.values)
        languages = changes.pop("languages")
        actions.describe(
            own,
            by=request.actor,
            changes=changes,
            languages=languages,
            expected_version=form.expected_version,
        )

    if submit(request, form, act):
        return done_redirect(request, reverse("experts:expert_profile"), "C’est enregistré.")
    return render_page(request, "experts/expert_edit.html", {"form": form, "expert": own})


@role_required("expert")
def act(request: Request, verb: str) -> HttpResponse:
    """Offer, rest, confirm: one button, with what holds it back."""
    own = _own(request)
    require(verb in VERBS)
    name, label, done = VERBS[verb]
    form = ActionForm(request.POST or None, subject=own)
    if submit(
        request,
        form,
        lambda: getattr(actions, name)(
            own, by=request.actor, expected_version=form.expected_version
        ),
    ):
        return done_redirect(request, reverse("experts:expert_profile"), done)
    return render_page(request, "experts/expert_act.html", {"form": form, "label": label})


@role_required("expert")
def availability(request: Request) -> HttpResponse:
    own = _own(request)
    form = AvailabilityForm(request.POST or None)

    def add() -> str:
        days = {name: form.cleaned_data[name] for name in ("start", "end")}
        actions.add_availability(own, by=request.actor, **days)
        return reverse("experts:expert_profile")

    if url := create(request, form, add):
        return done_redirect(request, url, "Cette période est ajoutée.")
    return render_page(request, "experts/expert_availability.html", {"form": form})


@role_required("expert")
def availability_remove(request: Request, pk: int) -> HttpResponse:
    own = _own(request)
    found = get_object_or_404(Availability, pk=pk, expert=own)
    form = ActionForm(request.POST or None, subject=own)
    if submit(request, form, lambda: actions.remove_availability(found, by=request.actor)):
        return done_redirect(
            request, reverse("experts:expert_profile"), "Cette période est retirée."
        )
    context = {"form": form, "label": f"Retirer la période {found}"}
    return render_page(request, "experts/expert_act.html", context)


@role_required("expert")
def consent(request: Request, network: str, verb: str) -> HttpResponse:
    """Let a network see the profile, or no longer."""
    own, found = _own(request), get_object_or_404(Network, slug=network)
    give = verb == "autoriser"
    do = actions.give_consent if give else actions.withdraw_consent
    form = ActionForm(request.POST or None, subject=own)
    if submit(request, form, lambda: do(own, network=found, by=request.actor)):
        told = f"{found} {'voit' if give else 'ne voit plus'} votre profil."
        return done_redirect(request, reverse("experts:expert_profile"), told)
    label = f"{'Autoriser' if give else 'Ne plus autoriser'} {found} à voir mon profil"
    return render_page(request, "experts/expert_act.html", {"form": form, "label": label})


def _own(request: Request) -> Expert:
    return get_object_or_404(queries.with_related(Expert.objects.all()), pk=request.actor.scope)


def _verbs(own: Expert) -> list[dict[str, object]]:
    """The buttons of the profile; « offer » says what is missing."""
    slugs = {name: (slug, label) for slug, (name, label, _) in VERBS.items()}
    names = [row.verb for row in own.workflow.verbs(own.state, "expert")]
    return [
        {
            "label": slugs[name][1],
            "url": reverse("experts:expert_act", args=[slugs[name][0]]),
            "refused": " ".join(rules.missing_to_offer(own)) if name == "offer" else "",
        }
        for name in [*names, "confirm"]
    ]
