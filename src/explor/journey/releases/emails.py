"""Emails about the employer's release and the agreement."""

from django.urls import reverse

from explor.actors.networks.selectors import addresses_of as addresses_of_network
from explor.actors.organisations.selectors import addresses_of
from explor.ground.mail.actions import notify

from .models import Release

REFUSED = "L’employeur ne peut pas accorder la mise à disposition."


def _pages(release: Release) -> dict[str, tuple[list[str], list[object]]]:
    """Return, by party, its email addresses and the arguments of its URLs."""
    proposal = release.proposal
    need = proposal.need
    pages: dict[str, tuple[list[str], list[object]]] = {
        "reseau": (addresses_of_network(need.network), [need.network.slug, release.pk]),
        "association": (addresses_of(need.association), [need.association.slug, release.pk]),
        "expert": ([proposal.expert.person.email], [release.pk]),
    }
    if release.employer:
        pages["employeur"] = (addresses_of(release.employer), [release.employer.slug, release.pk])
    return pages


def _notify(release: Release, roles: tuple[str, ...], verb: str, subject: str, body: str) -> None:
    pages = _pages(release)
    for role in roles:
        addresses, args = pages.get(role, ([], []))
        for address in addresses:
            notify(
                to=address,
                kind=f"releases.{verb}",
                subject=subject,
                body=body,
                about=release,
                url=reverse(f"releases:{role}_release", args=args),
                urgent=True,
            )


def requested(release: Release) -> None:
    """Email the employer to ask for the formal release before a deadline."""
    proposal = release.proposal
    _notify(
        release,
        ("employeur",),
        "open_release",
        f"Mise à disposition de {proposal.expert.person.name}",
        f"Vous avez dit oui en principe. Il reste à l’accorder formellement et à dire le "
        f"cadre, avant le {release.answer_by:%d/%m/%Y}. La mission va du "
        f"{proposal.start:%d/%m/%Y} au {proposal.end:%d/%m/%Y}.",
    )


def approved(release: Release) -> None:
    """Email all parties to ask them to sign the agreement."""
    _notify(
        release,
        ("expert", "association", "employeur", "reseau"),
        "approve",
        f"Convention à signer : {release.proposal.need.title}",
        f"{release.said('La mise à disposition est accordée', 'Le départ est accordé')}. "
        "La convention est prête : relisez-la et signez-la.",
    )


def refused(release: Release) -> None:
    """Notify the other parties and the network of the refusal."""
    _notify(
        release,
        ("expert", "association", "reseau"),
        "refuse",
        f"{release.said('Mise à disposition refusée', 'Départ refusé')} : "
        f"{release.proposal.need.title}",
        f"{release.said(REFUSED, 'Le réseau ne peut pas accorder le départ.')}\n\n"
        f"Motif : {release.refusal}\n\nLe réseau cherche une autre personne.",
    )


def concluded(release: Release) -> None:
    """Notify that every party has signed."""
    _notify(
        release,
        ("expert", "association", "employeur", "reseau"),
        "conclude",
        f"Convention signée : {release.proposal.need.title}",
        "Toutes les parties ont signé la convention.",
    )
