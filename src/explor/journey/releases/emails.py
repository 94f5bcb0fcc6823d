"""Emails about the employer's release and the agreement."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse

from explor.actors.networks.selectors import addresses_of as addresses_of_network
from explor.actors.organisations.selectors import addresses_of
from explor.ground.mail.actions import notify
from explor.ground.reference.selectors import label
from explor.ground.ui.days import date_format
from explor.ground.ui.elision import of
from explor.journey.proposals.models import Proposal

from .models import Release, Signatory
from .rules import PARTY_NAMES, lacks_address

TO_CONFIRM = ". Elle se signe dès que le réseau a confirmé le cadre"
NO_REASON = "Sans motif : la demande était urgente, la loi n’en demande pas."
URGENT = "La demande est urgente : sans réponse de l’employeur, la personne ne part pas."
REFUSED = "L’employeur ne peut pas donner son accord."


def _pages(release: Release) -> dict[str, tuple[list[str], list[object]]]:
    """Return {role: (email addresses, arguments of its URLs)} for the network and each party."""
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


def _notify(
    release: Release,
    roles: tuple[str, ...],
    verb: str,
    subject: str,
    body: str,
    *,
    without: Iterable[str] = (),
) -> None:
    """Email the network and the parties whose role is in `roles`.

    Args:
        without: the addresses to leave out, because they receive another email.
    """
    pages, left_out = _pages(release), set(without)
    for role in roles:
        addresses, args = pages.get(role, ([], []))
        for address in addresses:
            if address.lower() in left_out:
                continue
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
    """Email the employer, or the network if there is none, to ask for an answer by a deadline."""
    proposal = release.proposal
    role, title, left = (
        "employeur",
        "Accord de l’employeur à donner",
        "Vous avez dit oui en principe. Il reste à donner votre accord formel et à dire le cadre",
    )
    if release.employer is None:
        role = "reseau"
        title = release.by_employment("Accord de l’employeur à noter", "Départ à accorder")
        left = "Toutes les parties ont dit oui. Il vous reste à choisir le cadre du départ"
    _notify(
        release,
        (role,),
        "open_release",
        f"{title} : {proposal.expert.person.name}",
        f"{left}, avant le {date_format(release.answer_by)}. La mission va du "
        f"{date_format(proposal.start)} au {date_format(proposal.end)}.",
    )


def approved(release: Release, *, confirmed: bool, without: Iterable[str] = ()) -> None:
    """Email the parties and the network that the agreement is generated, and when to sign it.

    Args:
        confirmed: True when the agreement can be signed now, False when the network must confirm
            the leave scheme first.
        without: the addresses that have just received a signing link.
    """
    _notify(
        release,
        ("expert", "association", "employeur", "reseau"),
        "approve",
        f"Convention à signer : {release.proposal.need.title}",
        f"{release.by_employment('L’employeur a donné son accord', 'Le départ est accordé')}. "
        f"La convention est prête : relisez-la{' et signez-la' if confirmed else TO_CONFIRM}.",
        without=without,
    )


def refused(release: Release) -> None:
    """Email the other parties and the network that the release is refused.

    Only the network receives the reason.
    """
    what = release.by_employment("Accord de l’employeur refusé", "Départ refusé")
    subject = f"{what} : {release.proposal.need.title}"
    who = release.by_employment(REFUSED, "Le réseau ne peut pas accorder le départ.")
    text = f"{who} Aucune réponse n’est plus attendue : le réseau cherche une autre personne."
    _notify(release, ("expert", "association"), "refuse", subject, text)
    why = f"Motif : {release.refusal}" if release.refusal else NO_REASON
    _notify(release, ("reseau",), "refuse", subject, f"{text}\n\n{why}")


def concluded(release: Release) -> None:
    """Email the parties and the network that every party has signed."""
    _notify(
        release,
        ("expert", "association", "employeur", "reseau"),
        "conclude",
        f"Convention signée : {release.proposal.need.title}",
        "Toutes les parties ont signé la convention.",
    )


def requested_again(release: Release, reason: str, *, closed: Sequence[str] = ()) -> None:
    """Ask the employer by email to grant the release again on the new dates; notify the network.

    Args:
        reason: why the dates changed; only the network reads it, as it may reveal health data.
        closed: why the former leave scheme is closed on these dates, so that another is needed.
    """
    proposal = release.proposal
    again = release.by_employment("Accord de l’employeur à redonner", "Nouvelles dates à accorder")
    left = release.by_employment(
        "L’employeur doit donner de nouveau son accord", "Le départ reste à accorder de nouveau"
    )
    dates = f"La mission va maintenant {_days(proposal)}."
    if release.employer:
        dates += " Une demande notée pour d’autres dates ne compte plus."
    asks = [*closed, f"{left}, dans un autre cadre." if closed else f"{left}."]
    subject = f"{again} : {proposal.expert.person.name}"
    for role, why in (("employeur", []), ("reseau", [reason])):
        _notify(release, (role,), "request_again", subject, " ".join([dates, *why, *asks]))


def amended(release: Release, *, without: Iterable[str] = ()) -> None:
    """Email the parties to ask them to sign the amendment, and notify the network.

    Args:
        without: the addresses that have just received a signing link.
    """
    proposal = release.proposal
    _notify(
        release,
        ("expert", "association", "employeur", "reseau"),
        "amend",
        f"Avenant à signer : {proposal.need.title}",
        f"La mission va maintenant {_days(proposal)}. "
        "La convention d’avant ne vaut plus. L’avenant est prêt : relisez-le et signez-le.",
        without=without,
    )


def request_received(release: Release) -> None:
    """Email the employer and the network the recorded request and the deadline of its answer."""
    received = date_format(release.requested_on)
    if release.urgent_at:
        received = date_format(release.urgent_at, "j F Y à H:i")
    urgent, kind = (f" {URGENT}", "Demande urgente") if release.urgent_at else ("", "Demande")
    _notify(
        release,
        ("employeur", "reseau"),
        "record_request",
        f"{kind} {of(release.proposal.expert.person.name)} : {label_of(release)}",
        f"La demande est notée comme reçue le {received}. "
        f"Réponse attendue avant le {release.answer_due}.{urgent}",
    )


def urgent_reminder(release: Release, *, overdue: bool) -> None:
    """Email the employer that its answer to an urgent request is awaited.

    Args:
        overdue: True when the deadline has passed; the network then receives the email too.
    """
    proposal = release.proposal
    person = proposal.expert.person.name
    was = "était attendue" if overdue else "est attendue"
    _notify(
        release,
        ("employeur", "reseau") if overdue else ("employeur",),
        "remind",
        f"{'Réponse en retard' if overdue else 'Réponse urgente attendue'} pour {person}",
        f"{person} demande à partir {_days(proposal)}. "
        f"La réponse de l’employeur {was} avant le {release.answer_due}. {URGENT}",
    )


def reminder(release: Release, former: date | None) -> None:
    """Email the employer that its answer is awaited.

    Args:
        former: the day of the reminder before this one, None for the first.
    """
    proposal = release.proposal
    already = f" Dernier rappel : le {date_format(former)}." if former else ""
    _notify(
        release,
        ("employeur",),
        "remind",
        f"Réponse attendue pour {proposal.expert.person.name}",
        f"{proposal.expert.person.name} doit partir du {date_format(proposal.start)} au "
        f"{date_format(proposal.end)}. Votre réponse est attendue avant le "
        f"{date_format(release.answer_by)}.{already}",
    )


def label_of(release: Release) -> str:
    """Return the French label of the leave scheme that the person requests."""
    return label("leave_schemes", release.requested_scheme)


def to_sign(signatory: Signatory, secret: str, *, reminder: bool = False) -> None:
    """Email a signatory the link with which they read and sign the agreement, without account.

    Args:
        secret: the part of the URL that identifies the link.
        reminder: True when a link was already sent; the text then says when.
    """
    release = signatory.release
    proposal, title = release.proposal, str(release.agreement)
    subject = f"À signer : {title}, {proposal.need.title}"
    words = (
        f"Dernier rappel : le {date_format(signatory.reminded_on)}. "
        if signatory.reminded_on
        else ""
    )
    since = date_format(signatory.turn_since)
    sent = f"Un premier lien vous a été envoyé le {since}. {words}\n\n"
    notify(
        to=signatory.email,
        kind="releases.remind_signatory" if reminder else "releases.ask_signatory",
        subject=f"Rappel : {subject[0].lower()}{subject[1:]}" if reminder else subject,
        body=f"{signatory.name},\n\n{sent if reminder else ''}"
        f"Vous signez pour {_party_of(signatory)}, en qualité de : {signatory.capacity}. "
        f"{proposal.expert.person.name} part en mission du {date_format(proposal.start)} au "
        f"{date_format(proposal.end)}.\n\n"
        "Ce lien est personnel : il ouvre la convention, à lire puis à signer, sans compte. "
        "Rien n’est signé tant que vous n’avez pas coché la case et appuyé sur le bouton. "
        "Si une autre personne doit signer, la page permet de le dire.",
        about=release,
        url=reverse("releases:signing", args=[secret]),
        urgent=True,
        secret=True,
    )


def _days(proposal: Proposal) -> str:
    """Return « du 2 mars 2027 au 11 mars 2027 »."""
    return f"du {date_format(proposal.start)} au {date_format(proposal.end)}"


def _party_of(signatory: Signatory) -> str:
    """Return whom a signatory signs for: the name of the organisation, or « la personne »."""
    release = signatory.release
    names = {
        "association": release.proposal.need.association.name,
        "employeur": release.employer.name if release.employer else "",
    }
    return names.get(signatory.party, "vous-même")


def to_name(signatory: Signatory, *, reminder: bool = False) -> None:
    """Email the members of a party that its next signatory has no name or no address.

    When the address is missing, the network is notified too, since it recorded the signed paper
    that gives the name.

    Args:
        reminder: True when they were already asked; the text then says when.
    """
    lost = lacks_address(signatory)
    what = (
        f"{signatory.name} est sans adresse : aucun lien ne peut partir. Nommez de nouveau qui "
        "signe, avec son adresse."
        if lost
        else "Dites qui c’est, ou signez vous-même si c’est vous."
    )
    already = (
        f" Dernier rappel : le {date_format(signatory.reminded_on)}."
        if signatory.reminded_on
        else ""
    )
    since = date_format(signatory.turn_since) if signatory.turn_since else ""
    _notify(
        signatory.release,
        (signatory.party, "reseau") if lost else (signatory.party,),
        "remind_signatory" if reminder else "ask_signatory",
        f"{'Rappel : qui' if reminder else 'Qui'} signe ? {signatory.release.proposal.need.title}",
        f"La signature attendue est celle de : {signatory.capacity}. {what}"
        f"{f' La convention attend depuis le {since}.{already}' if reminder else ''}",
    )


def delegated(signatory: Signatory, former: str) -> None:
    """Email the party and the network that another person signs by delegation.

    Args:
        former: the name of the person who delegates.
    """
    _notify(
        signatory.release,
        (signatory.party, "reseau"),
        "delegate_signature",
        f"Signature déléguée : {signatory.release.proposal.need.title}",
        f"{former} délègue sa signature, pour {PARTY_NAMES[signatory.party]}, à {signatory.name} "
        f"({signatory.capacity}). Acte : {signatory.acts}.",
    )
