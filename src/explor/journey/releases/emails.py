"""Messages about the employer's release and the agreement."""

from django.urls import reverse

from explor.actors.networks.queries import addresses_of as addresses_of_network
from explor.actors.organisations.queries import addresses_of
from explor.ground.messaging.actions import tell

from .models import Release


def _pages(release: Release) -> dict[str, tuple[list[str], list[object]]]:
    """Addresses and URL arguments of each party."""
    introduction = release.introduction
    need = introduction.need
    pages: dict[str, tuple[list[str], list[object]]] = {
        "reseau": (addresses_of_network(need.network), [need.network.slug, release.pk]),
        "association": (addresses_of(need.association), [need.association.slug, release.pk]),
        "expert": ([introduction.expert.person.email], [release.pk]),
    }
    if release.employer:
        pages["employeur"] = (addresses_of(release.employer), [release.employer.slug, release.pk])
    return pages


def _tell(release: Release, hats: tuple[str, ...], verb: str, subject: str, body: str) -> None:
    pages = _pages(release)
    for hat in hats:
        addresses, args = pages.get(hat, ([], []))
        for address in addresses:
            tell(
                to=address,
                kind=f"releases.{verb}",
                subject=subject,
                body=body,
                about=release,
                url=reverse(f"releases:{hat}_release", args=args),
                urgent=True,
            )


def asked(release: Release) -> None:
    """The employer is asked for its formal approval, until a known date."""
    introduction = release.introduction
    _tell(
        release,
        ("employeur",),
        "open_release",
        f"Mise à disposition de {introduction.expert.person.name}",
        f"Vous avez dit oui en principe. Il reste à l’accorder formellement et à dire le "
        f"cadre, avant le {release.answer_by:%d/%m/%Y}. La mission va du "
        f"{introduction.start:%d/%m/%Y} au {introduction.end:%d/%m/%Y}.",
    )


def approved(release: Release) -> None:
    """The agreement is to be signed by all."""
    _tell(
        release,
        ("expert", "association", "employeur", "reseau"),
        "approve",
        f"Convention à signer : {release.introduction.need.title}",
        "La mise à disposition est accordée. La convention est prête : relisez-la et signez-la.",
    )


def refused(release: Release) -> None:
    """The others learn that the employer refuses; the network searches again."""
    _tell(
        release,
        ("expert", "association", "reseau"),
        "refuse",
        f"Mise à disposition refusée : {release.introduction.need.title}",
        f"L’employeur ne peut pas accorder la mise à disposition.\n\nMotif : {release.refusal}\n\n"
        "Le réseau cherche une autre personne.",
    )


def concluded(release: Release) -> None:
    """All have signed."""
    _tell(
        release,
        ("expert", "association", "employeur", "reseau"),
        "conclude",
        f"Convention signée : {release.introduction.need.title}",
        "Toutes les parties ont signé la convention.",
    )
