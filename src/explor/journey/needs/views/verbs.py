"""Actions of an association and of its network on a need, behind confirmation pages."""

from django.shortcuts import get_object_or_404

from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.workflow.pages import Verb, VerbPages

from .. import actions, rules, selectors
from ..forms import AssignForm, CopyForm
from ..models import Need
from ..pages import effects
from ..states import NEED


def load(request: Request, pk: int) -> Need:
    """Return the need with its related rows, or 404 when the current actor may not see it."""
    return get_object_or_404(selectors.with_related(Need.objects.visible_to(request.actor)), pk=pk)


def _done_with_withdraw(actor: Actor, need: Need) -> str:
    return "Le besoin est retiré." if actor.role == "reseau" else "Votre besoin est retiré."


VERBS = VerbPages(
    "needs",
    "besoins/<int:pk>/",
    load=load,
    back=effects.url_of,
    workflow=NEED,
    can=rules.can,
    crumb=lambda need: f"{need.file_number} {need.title}",
    verbs=(
        Verb(
            actions.submit,
            "deposer",
            by=("association",),
            blockers=effects.blockers_of_submit,
            effects=effects.effects_of_submit,
            done="Votre besoin est déposé. Votre réseau vous répondra.",
        ),
        Verb(
            actions.withdraw,
            "retirer",
            blockers=effects.blockers_of_withdraw,
            effects=effects.effects_of_withdraw,
            on_word_of=effects.word_of_withdraw,
            done=_done_with_withdraw,
        ),
        Verb(
            actions.ask_partner,
            "partenaire",
            url_name="partner",
            by=("association",),
            label="Demander au partenaire de confirmer",
            can=rules.can_ask_partner,
            blockers=effects.blockers_of_ask_partner,
            effects=effects.effects_of_ask_partner,
            versioned=False,
            done="Le partenaire a reçu un lien personnel.",
            button=False,
        ),
        Verb(
            actions.duplicate,
            "reprendre",
            by=("association",),
            label="Reprendre dans un nouveau besoin",
            form=CopyForm,
            options=lambda actor, need: {"subject": need},
            can=rules.can_duplicate,
            effects=effects.effects_of_duplicate,
            done="Tout est repris, sauf les dates : relisez chaque écran.",
            leads_to_result=effects.first_screen_url,
            button=False,
        ),
        Verb(
            actions.assign,
            "charge",
            by=("reseau",),
            label="Prendre en charge",
            form=AssignForm,
            can=rules.can_assign,
            effects=effects.effects_of_assign,
            done="C’est noté.",
        ),
    ),
)
