"""Emails about a proposal, each with a link to the page of its recipient."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from explor.actors.networks.selectors import addresses_of as officers_of
from explor.actors.organisations.selectors import addresses_of
from explor.ground.http.actor import Actor
from explor.ground.mail.actions import notify
from explor.ground.ui import hooks
from explor.ground.ui.days import date_format

from . import rules
from .models import Answer, Party, Proposal

NOTHING_LEFT = "Aucune réponse n’est plus attendue."


def introduced(proposal: Proposal) -> None:
    """Email the parties to ask them to answer the proposal before the deadline."""
    asks = {
        Party.EXPERT: "Votre expertise est demandée pour une mission.",
        Party.ASSOCIATION: f"{proposal.expert} vous est proposée ou proposé. Recueillez aussi "
        "l’avis de votre partenaire de terrain.",
        Party.EMPLOYER: f"{proposal.expert} pourrait partir en mission de solidarité. Votre "
        "accord de principe est demandé ; l’accord formel viendra ensuite.",
    }
    for party in rules.parties_of(proposal):
        body = (
            f"{asks[Party(party)]}\n\n{_what(proposal)}\n\n"
            f"Répondez avant le {proposal.deadline}. Sans réponse de toutes les parties à cette "
            "date, la proposition est libérée."
        )
        body += f"\n\nMot du réseau : {proposal.message}" if proposal.message else ""
        body += _explained(proposal) if party == Party.EMPLOYER else ""
        _to(party, proposal, "introduce", "Une mission vous est proposée", body)


def _explained(proposal: Proposal) -> str:
    """Return links to the pages that explain the scheme to an employer new to it, as text."""
    employer: Any = proposal.employer
    reader = Actor(role="employeur", scope=employer.pk, key=employer.slug)
    links = [each for read in hooks.get("proposals:links") for each in read(reader, proposal)]
    return "".join(f"\n\n{label} :\n{settings.EXPLOR_URL}{url}" for label, url in links)


def answered(proposal: Proposal, answer: Answer) -> None:
    """Notify the network of an answer, in its daily digest email."""
    verb = "accepte" if answer.yes else "décline"
    label = Party(answer.party).label
    body = f"{label[:1].upper()}{label[1:]} {verb} ({answer.by}).\n\n{_what(proposal)}"
    _to_network(proposal, "accept", f"Réponse reçue : {proposal.need}", body)


def confirmed(proposal: Proposal, answer: Answer, by: Actor) -> None:
    """Email a party to confirm the answer that an officer recorded on its behalf."""
    yes_or_no = "oui" if answer.yes else "non"
    body = (
        f"{by.name}, du réseau, a enregistré la réponse de {by.acting_for} : {yes_or_no}.\n\n"
        f"{_what(proposal)}\n\nSi ce n’est pas ce que vous avez dit, appelez votre réseau."
    )
    _to(answer.party, proposal, "accept", "Votre réponse est enregistrée", body)


def taken_back(proposal: Proposal, party: str, *, by: Actor, reason: str, was_agreed: bool) -> None:
    """Notify the parties and the network that an acceptance given by mistake is taken back.

    Only the network receives the reason; the email to the party names the officer who recorded this
    on its behalf.
    """
    text = (
        f"Un oui donné par erreur est retiré : {Party(party).label}. La proposition tient ; les "
        f"réponses qui manquent sont attendues avant le {proposal.deadline}."
        f"\n\n{_what(proposal)}"
    )
    if was_agreed and proposal.employer_id:
        text += "\n\nL’accord formel de l’employeur n’est plus à donner pour l’instant."
    own = f"\n\n{by.name}, du réseau, l’a noté pour {by.acting_for}." if by.acting_for else ""
    for each in rules.parties_of(proposal):
        body = text + (own if each == party else "")
        _to(each, proposal, "take_back", "Un oui est retiré", body)
    subject = f"Un oui est retiré : {proposal.need}"
    _to_network(proposal, "take_back", subject, f"{text}\n\nMotif : {reason}", True)


def agreed(proposal: Proposal) -> None:
    """Notify the parties and the network that every party accepted."""
    body = f"Tout le monde a dit oui.\n\n{_what(proposal)}"
    _to_all(proposal, "agree", "La mise en relation est faite", body)


def declined(proposal: Proposal, answer: Answer) -> None:
    """Notify the parties and the network of a refusal; only the network receives the reason."""
    body = f"La proposition n’aboutit pas. {NOTHING_LEFT}\n\n{_what(proposal)}"
    _to_parties(proposal, "decline", "Une proposition n’aboutit pas", body)
    label = Party(answer.party).label
    body += f"\n\nNon de : {label} ({answer.by}). Motif : {answer.reason}"
    _to_network(proposal, "decline", f"Proposition déclinée : {proposal.need}", body, True)


def lapsed(proposal: Proposal) -> None:
    """Notify the parties and the network that a proposal expired.

    Only the email to the network lists the parties that did not answer.
    """
    what = "La date de réponse est passée : la proposition est libérée."
    body = f"{what} {NOTHING_LEFT}\n\n{_what(proposal)}"
    _to_parties(proposal, "lapse", "Une proposition est libérée", body)
    who = ", ".join(Party(party).label for party in rules.silent(proposal))
    body += f"\n\nSans réponse : {who}."
    subject = f"Proposition sans réponse : {proposal.need}"
    _to_network(proposal, "lapse", subject, body, True)


def recalled(proposal: Proposal) -> None:
    """Notify the parties that the network cancels the proposal, with its reason."""
    body = (
        f"Le réseau reprend cette proposition. Vous n’avez plus à y répondre.\n\n"
        f"Motif : {proposal.ending}\n\n{_what(proposal)}"
    )
    _to_parties(proposal, "recall", "Une proposition est reprise par le réseau", body)


def lost(proposal: Proposal) -> None:
    """Notify the parties and the network that the expert withdraws.

    Only the network receives the reason.
    """
    body = (
        f"{proposal.expert} ne partira pas. Le besoin reste retenu : la recherche reprend."
        f"\n\n{_what(proposal)}"
    )
    _to_parties(proposal, "lose", "La recherche d’une expertise reprend", body)
    body += f"\n\nMotif : {proposal.ending}"
    _to_network(proposal, "lose", f"Désistement : {proposal.need}", body, True)


def _what(proposal: Proposal) -> str:
    start = date_format(proposal.start, "j F Y")
    end = date_format(proposal.end, "j F Y")
    need = proposal.need
    return f"{need.title} ({need.association}), du {start} au {end}."


def _to_all(proposal: Proposal, verb: str, subject: str, body: str) -> None:
    _to_parties(proposal, verb, subject, body)
    _to_network(proposal, verb, f"{subject} : {proposal.need}", body, True)


def _to_parties(proposal: Proposal, verb: str, subject: str, body: str) -> None:
    for party in rules.parties_of(proposal):
        _to(party, proposal, verb, subject, body)


def _to(party: str, proposal: Proposal, verb: str, subject: str, body: str) -> None:
    if party == Party.EXPERT:
        addresses, args = [proposal.expert.person.email], []
    else:
        ours = party == Party.ASSOCIATION
        organisation = proposal.need.association if ours else proposal.employer
        addresses, args = addresses_of(organisation), [organisation.slug]  # type: ignore[union-attr]
    url = reverse(f"proposals:{party}_proposal", args=[*args, proposal.pk])
    _notify(addresses, proposal, verb, subject, body, url, True)


def _to_network(
    proposal: Proposal, verb: str, subject: str, body: str, urgent: bool = False
) -> None:
    network = proposal.need.network
    url = reverse("proposals:reseau_proposal", args=[network.slug, proposal.pk])
    _notify(officers_of(network), proposal, verb, subject, body, url, urgent)


def _notify(
    addresses: list[str],
    proposal: Proposal,
    verb: str,
    subject: str,
    body: str,
    url: str,
    urgent: bool,
) -> None:
    kind = f"proposals.{verb}"
    for to in addresses:
        notify(to=to, kind=kind, subject=subject, body=body, about=proposal, url=url, urgent=urgent)
