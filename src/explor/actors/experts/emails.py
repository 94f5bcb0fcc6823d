"""The message sent before a profile is erased."""

from datetime import date

from django.urls import reverse

from explor.ground.mail.actions import notify
from explor.ground.ui.days import date_format

from .models import Expert


def profile_ends(expert: Expert, on: date) -> None:
    """Warn a person that their profile will be erased on the day `on` unless they sign in.

    Send nothing to a person whose account is closed.
    """
    if not expert.person.is_active:
        return
    day = date_format(on, "j F Y")
    notify(
        to=expert.person.email,
        person=expert.person_id,
        kind="experts.end_profile",
        subject=f"Votre profil sera effacé le {day}",
        body=(
            "Bonjour,\n\nNous n’avons plus de nouvelles de vous depuis longtemps. Votre profil et "
            f"votre compte seront effacés le {day}.\n\nPour les garder, connectez-vous avant "
            "cette date : cela suffit. Pour les laisser partir, vous n’avez rien à faire."
        ),
        about=expert,
        url=reverse("experts:expert_profile"),
        urgent=True,
    )
