"""The verbs that a professional takes on their own profile."""

from django.shortcuts import get_object_or_404

from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.ui.forms import CreateForm
from explor.ground.workflow.pages import Verb, VerbPages

from .. import actions, pages, queries, rules
from ..models import Availability, Expert
from ..states import PROFILE


def load_own(request: Request) -> Expert:
    """Load the profile of the person who asks, or answer 404."""
    rows = queries.with_related(Expert.objects.all())
    return get_object_or_404(rows, pk=request.actor.scope)


def load_availability(request: Request, pk: int) -> Availability:
    """Load a period of one's own profile, or answer 404."""
    rows = Availability.objects.select_related("expert")
    return get_object_or_404(rows, pk=pk, expert=request.actor.scope)


def can_remove(actor: Actor, availability: Availability) -> bool:
    """Return whether `actor` may change the profile of this period."""
    return rules.can_describe(actor, availability.expert)


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
            label=lambda actor, availability: f"Retirer la période {availability}",
            form=CreateForm,
            can=can_remove,
            effects=pages.effects_of_removal,
            done="Cette période est retirée.",
            versioned=False,
        ),
    ),
)
