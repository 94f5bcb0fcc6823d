"""E-mail messages about accounts, invitations and personal links."""

from typing import Any

from explor.ground.mail.actions import notify

from .models import FactorReset, Invitation, Person


def sign_in_message(*, to: str, kind: str, subject: str, body: str) -> None:
    """Send a message written by the sign-in library (allauth): a code, a link or an alert."""
    notify(to=to, kind=f"account.{kind}", subject=subject, body=body, urgent=True, secret=True)


def invited(invitation: Invitation, *, url: str, by: str, to_what: str) -> None:
    """Send the link of an invitation.

    Args:
        invitation: the invitation.
        url: the link.
        by: the name of the author of the invitation.
        to_what: the name of the network, organisation, call or role.
    """
    notify(
        secret=True,
        to=invitation.email,
        kind="accounts.invite",
        subject=f"{by} vous invite dans Explor",
        body=(
            f"Bonjour,\n\n{by} vous invite à rejoindre {to_what} dans Explor.\n\n"
            "Ce lien est personnel ; il sert une fois, pendant quatorze jours."
        ),
        url=url,
        urgent=True,
    )


def link_sent(*, to: str, subject: str, body: str, url: str, about: Any) -> None:
    """Send a personal link, `url`, to someone who has no account.

    Args:
        about: the row (need, mission...) whose page lists the message.
    """
    notify(
        secret=True,
        to=to,
        kind="accounts.open_link",
        subject=subject,
        body=body,
        url=url,
        about=about,
        urgent=True,
    )


def account_locked(person: Person, *, reason: str) -> None:
    """Notify a person that their account is locked, and why."""
    _to_person(
        person,
        "lock_account",
        "Votre compte Explor est fermé",
        f"Votre compte a été fermé par l’administration d’Explor. Motif : {reason}\n\n"
        "Vos sessions sont terminées. Si c’est une erreur, répondez à votre réseau.",
    )


def account_unlocked(person: Person) -> None:
    """Notify a person that their account is unlocked."""
    _to_person(
        person,
        "unlock_account",
        "Votre compte Explor est rouvert",
        "Votre compte est de nouveau ouvert. Vous pouvez vous connecter.",
    )


def reset_requested(reset: FactorReset, *, by: str) -> None:
    """Notify a person that the administrator `by` requested the removal of their second factor."""
    _to_person(
        reset.person,
        "request_reset",
        "Votre second facteur : une remise à zéro est demandée",
        f"{by} demande la remise à zéro de votre second facteur. Une deuxième personne de "
        "l’administration doit l’approuver.\n\nSi vous n’avez rien demandé, dites-le tout de "
        "suite à votre réseau : quelqu’un se fait peut-être passer pour vous.",
    )


def reset_to_decide(reset: FactorReset, *, to: str, by: str) -> None:
    """Notify an administrator that a request to remove a second factor awaits a decision.

    Args:
        reset: the request.
        to: the address of the administrator.
        by: the name of the administrator who made the request.
    """
    notify(
        to=to,
        kind="accounts.reset_to_decide",
        subject="Un second facteur à remettre à zéro attend votre avis",
        body=f"{by} demande la remise à zéro du second facteur de {reset.person.name}.\n\n"
        f"Motif : {reset.reason}\n\nApprouvez après avoir vérifié vous-même.",
        url=f"/administration/seconds-facteurs/{reset.pk}/",
        about=reset,
        urgent=True,
    )


def reset_approved(reset: FactorReset) -> None:
    """Notify a person that their second factor is removed, and what to do next."""
    _to_person(
        reset.person,
        "approve_reset",
        "Votre second facteur est remis à zéro",
        "Deux personnes de l’administration l’ont décidé. Vos sessions sont terminées : "
        "connectez-vous, puis réglez un nouveau second facteur.",
    )


def reset_declined(reset: FactorReset) -> None:
    """Notify a person that they keep their second factor: the request to remove it was declined."""
    _to_person(
        reset.person,
        "decline_reset",
        "Votre second facteur reste en place",
        "La demande de remise à zéro de votre second facteur est refusée : rien ne change.",
    )


def _to_person(person: Person, verb: str, subject: str, body: str) -> None:
    notify(
        to=person.email,
        person=person.pk,
        kind=f"accounts.{verb}",
        subject=subject,
        body=f"Bonjour,\n\n{body}",
        urgent=True,
    )
