"""Messages about membership."""

from django.urls import reverse

from explor.actors.networks.queries import addresses_of as addresses_of_network
from explor.ground.messaging.actions import tell

from .models import Organisation
from .queries import addresses_of


def registered(organisation: Organisation) -> None:
    """The network learns that an organisation waits for its verification."""
    for address in addresses_of_network(organisation.network):
        tell(
            to=address,
            kind="organisations.register",
            subject=f"À vérifier : {organisation.name}",
            body=f"{organisation.name} ({organisation.city}) s’est inscrite dans Explor.",
            about=organisation,
            url=reverse(
                "organisations:reseau_organisation",
                args=[organisation.network.slug, organisation.pk],
            ),
        )


def verified(organisation: Organisation) -> None:
    """The organisation may go on."""
    _to_members(
        organisation,
        "organisations.verify",
        f"{organisation.name} est vérifiée",
        f"{organisation.network} a vérifié votre inscription. Vous pouvez continuer.",
    )


def refused(organisation: Organisation) -> None:
    """The organisation reads why, and what to do."""
    _to_members(
        organisation,
        "organisations.refuse",
        f"Votre inscription n’est pas retenue : {organisation.name}",
        f"{organisation.network} n’a pas pu vérifier votre inscription.\n\n"
        f"Motif : {organisation.refusal}\n\n"
        "Vous pouvez compléter votre fiche et demander une nouvelle vérification.",
    )


def suspended(organisation: Organisation) -> None:
    """The organisation is put to rest."""
    _to_members(
        organisation,
        "organisations.suspend",
        f"{organisation.name} est mise en veille",
        f"{organisation.network} a mis votre inscription en veille. Contactez votre réseau.",
    )


def _to_members(organisation: Organisation, kind: str, subject: str, body: str) -> None:
    url = reverse(f"organisations:{organisation.kind}_profile", args=[organisation.slug])
    for address in addresses_of(organisation):
        tell(
            to=address,
            kind=kind,
            subject=subject,
            body=body,
            about=organisation,
            url=url,
            urgent=True,
        )
