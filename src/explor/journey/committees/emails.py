"""Messages to the members of a committee."""

from django.urls import reverse

from explor.ground.mail.actions import notify
from explor.journey.needs.models import Need

from .models import CommitteeMember


def need_to_read(member: CommitteeMember, need: Need) -> None:
    """Notify a member that a need awaits their opinion."""
    notify(
        to=member.person.email,
        kind="committees.need_to_read",
        subject=f"À lire : {need.file_number} {need.title}",
        body=f"Un dossier attend votre avis pour {member.call}.",
        about=need,
        url=reverse("committees:comite_need", args=[member.call.slug, need.pk]),
    )
