"""Messages about decisions. Nothing about a decision is sent before its announcement."""

from django.urls import reverse

from explor.actors.networks.selectors import addresses_of as addresses_of_network
from explor.actors.organisations.selectors import addresses_of
from explor.ground.mail.actions import notify
from explor.journey.committees.selectors import bylaws_of
from explor.journey.needs.models import Need

from . import pages, selectors
from .models import Appeal, Decision, LetterTemplate


def announced(decision: Decision) -> None:
    """Notify the association of the decision and its reasons."""
    need = decision.need
    texts = selectors.letter_texts(need.network_id)
    letter = pages.letter_of(decision, bylaws_of(need.call), texts)
    _to_association(decision, "announce", f"Décision du comité : {_name(need)}", letter)


def letters_unscheduled(template: LetterTemplate, count: int) -> None:
    """Notify the network that `count` letters were unscheduled, as their template changed."""
    key = template.network.slug
    letters = (
        "Une lettre programmée attend" if count == 1 else f"{count} lettres programmées attendent"
    )
    for address in addresses_of_network(template.network):
        notify(
            to=address,
            kind="decisions.edit_letter_template",
            subject=f"{letters} de nouveau",
            body=f"Le modèle de la lettre « {template.get_verdict_display()} » a changé. "
            "Relisez les lettres, puis programmez-les de nouveau depuis la page de leur appel.",
            about=template,
            url=reverse("decisions:reseau_letter_templates", args=[key]),
        )


def reconsidered(decision: Decision) -> None:
    """Notify the association that its need goes back to the committee."""
    body = f"Le besoin « {decision.need.title} » repasse devant le comité. Rien n’est à faire."
    subject = f"De nouveau au comité : {_name(decision.need)}"
    _to_association(decision, "reconsider", subject, body)


def upheld(appeal: Appeal) -> None:
    """Notify the association that the decision is upheld, and why."""
    body = f"Après votre demande de réexamen, la décision est maintenue.\n\n{appeal.answer}"
    subject = f"Réponse à votre demande de réexamen : {_name(appeal.need)}"
    _to_association(appeal, "uphold", subject, body)


def _name(need: Need) -> str:
    """Return the number and the title of a need, for the subject of a message."""
    return f"{need.file_number} {need.title}"


def _to_association(about: Decision | Appeal, verb: str, subject: str, body: str) -> None:
    need = about.need
    for address in addresses_of(need.association):
        notify(
            to=address,
            kind=f"decisions.{verb}",
            subject=subject,
            body=body,
            about=need,
            url=reverse("needs:association_need", args=[need.association.slug, need.pk]),
            urgent=True,
        )


def review_requested(appeal: Appeal) -> None:
    """Notify the network that it has an appeal to answer."""
    for address in addresses_of_network(appeal.need.network):
        notify(
            to=address,
            kind="decisions.request_review",
            subject=f"Réexamen demandé : {_name(appeal.need)}",
            body=f"{appeal.by} demande un réexamen.\n\n{appeal.text}",
            about=appeal.need,
            url=reverse("decisions:reseau_appeal", args=[appeal.need.network.slug, appeal.need_id]),
        )
