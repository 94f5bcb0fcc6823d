"""The pages where an expert gives, corrects or withdraws the emergency contact of a mission."""

from django.shortcuts import get_object_or_404

from explor.ground.http.request import Request
from explor.ground.workflow.pages import Verb, VerbPages, typed_changes
from explor.journey.missions.models import Mission
from explor.journey.missions.pages import name_of, url_of

from .. import actions, pages, rules, selectors
from ..forms import ContactForm
from ..models import EmergencyContact


def load(request: Request, pk: int) -> EmergencyContact:
    """Return the emergency contact of a mission of this expert, saved or new, or raise 404."""
    visible = Mission.objects.visible_to(request.actor).select_related("need", "network")
    return selectors.contact_of(get_object_or_404(visible, pk=pk))


CONTACT = VerbPages(
    "emergency_contacts",
    "missions/<int:pk>/personne-a-prevenir/",
    load=load,
    back=lambda actor, contact: url_of(actor, contact.mission),
    crumb=lambda contact: name_of(contact.mission),
    args_of=lambda contact: [contact.mission_id],
    roles=("expert",),
    verbs=(
        Verb(
            actions.give_contact,
            "",
            label="Enregistrer",
            title="Qui prévenir en cas d’urgence",
            form=ContactForm,
            arguments=typed_changes,
            can=rules.can_give,
            template="emergency_contacts/expert_contact.html",
            context=pages.context_of_giving,
            effects=pages.effects_of_giving,
            done="C’est enregistré. Dites à cette personne que vous l’avez donnée.",
        ),
        Verb(
            actions.withdraw_contact,
            "retirer",
            label="Retirer",
            title="Retirer la personne à prévenir",
            danger=True,
            can=rules.can_withdraw,
            effects=pages.WITHDRAWN,
            done="La personne à prévenir est effacée.",
        ),
    ),
)
