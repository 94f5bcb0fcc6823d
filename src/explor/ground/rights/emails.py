"""The final message to an erased person, and the message to a person who cannot be erased."""

from collections.abc import Iterable

from procrastinate.contrib.django import app

from explor.ground.accounts.models import Person
from explor.ground.mail.actions import notify


def farewell(*, to: str, kept: Iterable[tuple[str, str]]) -> None:
    """Send the final message to an erased person; a job then erases it from the outbox.

    Args:
        kept: (label, reason) pairs of the data that stay, in French.
    """
    stays = "\n".join(f"- {label} : {reason}" for label, reason in kept)
    message = notify(
        to=to,
        kind="rights.erase_account",
        subject="Vos données sont effacées d’Explor",
        body=(
            "Bonjour,\n\nVous l’avez demandé : votre compte et vos données sont effacés.\n\n"
            + (f"Ce que la loi fait garder :\n{stays}\n\n" if stays else "Rien n’est gardé.\n\n")
            + "Les réseaux concernés sont prévenus. Ce message est le dernier ; votre adresse est "
            "effacée dès qu’il est parti."
        ),
        urgent=True,
        secret=True,
    )
    if message:
        app.configure_task("rights.forget_farewell").defer(message=message.pk)


def erasure_prevented(person: Person, *, reasons: Iterable[str]) -> None:
    """Notify a person that they could not be erased, why, and that their account is open again."""
    notify(
        to=person.email,
        kind="rights.request_erasure",
        subject="Vos données ne sont pas encore effacées d’Explor",
        body=(
            "Bonjour,\n\nVous avez demandé l’effacement de vos données. Depuis, quelque chose est "
            "à finir d’abord :\n" + "\n".join(f"- {reason}" for reason in reasons) + "\n\n"
            "Rien n’est effacé. Votre compte est de nouveau ouvert : finissez cela, puis demandez "
            "l’effacement de nouveau."
        ),
        urgent=True,
    )
