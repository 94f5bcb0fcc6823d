"""Verb pages on which a professional acts on their own profile."""

from django.shortcuts import get_object_or_404

from explor.actors.networks.models import Network
from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.ui.forms import CreateForm
from explor.ground.workflow.pages import Verb, VerbPages

from .. import actions, pages, rules, selectors
from ..models import Availability, Consent, Expert
from ..states import PROFILE


def load_own(request: Request) -> Expert:
    """Return the profile of the signed-in expert, else 404."""
    rows = selectors.with_related(Expert.objects.all())
    return get_object_or_404(rows, pk=request.actor.scope)


def load_availability(request: Request, pk: int) -> Availability:
    """Return a period of availability of the signed-in expert, else 404."""
    rows = Availability.objects.select_related("expert")
    return get_object_or_404(rows, pk=pk, expert=request.actor.scope)


def load_consent(request: Request, network: str) -> Consent:
    """Return an unsaved `Consent` of the signed-in expert to the network of this slug, else 404."""
    own = get_object_or_404(Expert, pk=request.actor.scope)
    return Consent(expert=own, network=get_object_or_404(Network, slug=network))


def give(consent: Consent, *, by: Actor) -> None:
    """Give the consent described by the unsaved row `consent`."""
    actions.give_consent(consent.expert, network=consent.network, by=by)


def withdraw(consent: Consent, *, by: Actor) -> None:
    """Withdraw the consent to the network named by the unsaved row `consent`."""
    actions.withdraw_consent(consent.expert, network=consent.network, by=by)


def can_remove(actor: Actor, availability: Availability) -> bool:
    """Return whether `actor` may delete this period of availability."""
    return rules.can_describe(actor, availability.expert)


def can_consent(actor: Actor, verb: str, consent: Consent) -> bool:
    """Return whether `actor` may give or withdraw a consent for this profile.

    A consent is not given to a network that left the programme.
    """
    reached = verb != "give_consent" or consent.network.in_explor
    return reached and rules.can_describe(actor, consent.expert)


VERBS = VerbPages(
    "experts",
    "profil/",
    load=load_own,
    back=pages.url_of,
    workflow=PROFILE,
    can=rules.can,
    crumb=lambda expert: "Mon profil",
    args_of=lambda expert: [],
    verbs=(
        Verb(
            actions.offer,
            "proposer",
            blockers=pages.blockers_of_offer,
            effects=pages.EFFECTS_OF_OFFER,
            done="Votre profil est proposé.",
        ),
        Verb(
            actions.rest,
            "mettre-en-pause",
            effects=pages.EFFECTS_OF_REST,
            done="Votre profil est en pause.",
        ),
        Verb(
            actions.confirm,
            "confirmer",
            label="Mon profil est à jour",
            can=rules.can_describe,
            effects=pages.EFFECTS_OF_CONFIRM,
            done="C’est noté : votre profil est à jour.",
        ),
    ),
)
AVAILABILITY_VERBS = VerbPages(
    "experts",
    "profil/disponibilite/<int:pk>/",
    load=load_availability,
    back=pages.url_of,
    crumb=lambda availability: "Mon profil",
    verbs=(
        Verb(
            actions.remove_availability,
            "retirer",
            label=pages.title_of_removal,
            form=CreateForm,
            can=can_remove,
            effects=pages.effects_of_removal,
            done="Cette période est retirée.",
            versioned=False,
        ),
    ),
)
CONSENT_VERBS = VerbPages(
    "experts",
    "profil/reseaux/<slug:network>/",
    load=load_consent,
    back=pages.url_of,
    can=can_consent,
    crumb=lambda consent: "Mon profil",
    args_of=lambda consent: [consent.network.slug],
    verbs=(
        Verb(
            give,
            "autoriser",
            name="give_consent",
            label=lambda actor, consent: f"Autoriser {consent.network} à voir mon profil",
            form=CreateForm,
            effects=pages.effects_of_consent,
            done=lambda actor, consent: f"{consent.network} voit votre profil.",
        ),
        Verb(
            withdraw,
            "retirer",
            name="withdraw_consent",
            label=lambda actor, consent: f"Ne plus autoriser {consent.network} à voir mon profil",
            form=CreateForm,
            effects=pages.effects_of_withdrawal,
            done=lambda actor, consent: f"{consent.network} ne voit plus votre profil.",
        ),
    ),
)
