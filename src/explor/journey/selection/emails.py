"""Messages about the selection. Nothing leaves before the announcement."""

from django.urls import reverse

from explor.actors.organisations.queries import addresses_of
from explor.ground.messaging.actions import tell

from .models import CommitteeMember, Decision


def announced(decision: Decision) -> None:
    """The association reads the decision and its reasons."""
    need = decision.need
    for address in addresses_of(need.association):
        tell(
            to=address,
            kind="selection.announce",
            subject=f"Décision du comité : {need.title}",
            body=(
                f"Avis du comité sur « {need.title} » : {decision.get_verdict_display()}.\n\n"
                f"{decision.letter}"
            ),
            about=need,
            url=reverse("needs:association_need", args=[need.association.slug, need.pk]),
            urgent=True,
        )


def to_read(member: CommitteeMember, decision: Decision) -> None:
    """A member has a file to read."""
    tell(
        to=member.person.email,
        kind="selection.open_decision",
        subject=f"À lire : {decision.need.title}",
        body=f"Un dossier attend votre avis pour {member.call}.",
        about=decision.need,
        url=reverse("selection:comite_need", args=[member.call.slug, decision.need_id]),
    )
