"""Messages about decisions. Nothing about a decision is sent before its announcement."""

from django.urls import reverse

from explor.actors.networks.selectors import addresses_of as addresses_of_network
from explor.actors.organisations.selectors import addresses_of
from explor.ground.mail.actions import notify
from explor.journey.committees.selectors import bylaws_of
from explor.journey.needs.models import Need

from . import pages
from .models import Appeal, Decision


def announced(decision: Decision) -> None:
    """Tell the association the decision and its reasons."""
    letter = pages.letter_of(decision, bylaws_of(decision.need.call))
    _to_association(decision, "announce", f"Décision du comité : {_name(decision.need)}", letter)


def reconsidered(decision: Decision) -> None:
    """Tell the association that its need goes back to the committee."""
    body = f"Le besoin « {decision.need.title} » repasse devant le comité. Rien n’est à faire."
    subject = f"De nouveau au comité : {_name(decision.need)}"
    _to_association(decision, "reconsider", subject, body)


def upheld(appeal: Appeal) -> None:
    """Tell the association why the decision is upheld."""
    body = f"Après votre demande de réexamen, la décision est maintenue.\n\n{appeal.answer}"
    subject = f"Réponse à votre demande de réexamen : {_name(appeal.need)}"
    _to_association(appeal, "uphold", subject, body)


def _name(need: Need) -> str:
    """Return the number and the title of a need, as a subject names it."""
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
    """Tell the network that it has a request for review to answer."""
    for address in addresses_of_network(appeal.need.network):
        notify(
            to=address,
            kind="decisions.request_review",
            subject=f"Réexamen demandé : {_name(appeal.need)}",
            body=f"{appeal.by} demande un réexamen.\n\n{appeal.text}",
            about=appeal.need,
            url=reverse("decisions:reseau_appeal", args=[appeal.need.network.slug, appeal.need_id]),
        )
