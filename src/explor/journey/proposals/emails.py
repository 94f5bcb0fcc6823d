"""One letter per act, to each party on its own page."""

from django.urls import reverse
from django.utils.formats import date_format

from explor.actors.networks.queries import addresses_of as officers_of
from explor.actors.organisations.queries import addresses_of
from explor.ground.common.actor import Actor
from explor.ground.messaging.actions import tell

from . import rules
from .models import Answer, Introduction, Party


def introduced(introduction: Introduction) -> None:
    """The three parties are asked, each on its own page, until a date."""
    until = date_format(introduction.answer_by, "j F Y à H:i")
    asks = {
        Party.EXPERT: "Votre expertise est demandée pour une mission.",
        Party.ASSOCIATION: f"{introduction.expert} vous est proposée ou proposé. Recueillez aussi "
        "l’avis de votre partenaire de terrain.",
        Party.EMPLOYER: f"{introduction.expert} pourrait partir en mission de solidarité. Votre "
        "accord de principe est demandé ; l’acte formel viendra ensuite.",
    }
    for party in rules.parties_of(introduction):
        body = (
            f"{asks[Party(party)]}\n\n{_what(introduction)}\n\n"
            f"Répondez avant le {until}. Sans réponse de toutes les parties à cette date, la "
            "proposition est libérée."
        )
        body += f"\n\nMot du réseau : {introduction.message}" if introduction.message else ""
        _to(party, introduction, "introduce", "Une mission vous est proposée", body)


def answered(introduction: Introduction, answer: Answer) -> None:
    """The network learns of each yes in its letter of the day."""
    said = "accepte" if answer.yes else "décline"
    label = Party(answer.party).label
    body = f"{label[:1].upper()}{label[1:]} {said} ({answer.by}).\n\n{_what(introduction)}"
    _to_network(introduction, "accept", f"Réponse reçue : {introduction.need}", body)


def confirmed(introduction: Introduction, answer: Answer, by: Actor) -> None:
    """Whoever answered by phone reads what was recorded in their name."""
    said = "oui" if answer.yes else "non"
    body = (
        f"{by.name}, du réseau, a enregistré la réponse de {by.acting_for} : {said}.\n\n"
        f"{_what(introduction)}\n\nSi ce n’est pas ce que vous avez dit, appelez votre réseau."
    )
    _to(answer.party, introduction, "accept", "Votre réponse est enregistrée", body)


def agreed(introduction: Introduction) -> None:
    """All have said yes: everyone knows, and the employer's formal act is asked next."""
    body = f"Tout le monde a dit oui.\n\n{_what(introduction)}"
    _to_all(introduction, "agree", "La mise en relation est faite", body)


def declined(introduction: Introduction, answer: Answer) -> None:
    """A no ends the proposal; the reason goes to the network alone, as it may be personal."""
    body = f"La proposition n’aboutit pas.\n\n{_what(introduction)}"
    _to_parties(introduction, "decline", "Une proposition n’aboutit pas", body)
    label = Party(answer.party).label
    body += f"\n\nNon de : {label} ({answer.by}). Motif : {answer.reason}"
    _to_network(introduction, "decline", f"Proposition déclinée : {introduction.need}", body, True)


def lapsed(introduction: Introduction) -> None:
    """Silence released the proposal: all are told, and the network who was silent."""
    body = f"La date de réponse est passée : la proposition est libérée.\n\n{_what(introduction)}"
    _to_parties(introduction, "lapse", "Une proposition est libérée", body)
    who = ", ".join(Party(party).label for party in rules.silent(introduction))
    body += f"\n\nSans réponse : {who}."
    subject = f"Proposition sans réponse : {introduction.need}"
    _to_network(introduction, "lapse", subject, body, True)


def recalled(introduction: Introduction) -> None:
    """The network takes the proposal back and says why."""
    body = (
        f"Le réseau reprend cette proposition. Vous n’avez plus à y répondre.\n\n"
        f"Motif : {introduction.ending}\n\n{_what(introduction)}"
    )
    _to_parties(introduction, "recall", "Une proposition est reprise par le réseau", body)


def lost(introduction: Introduction) -> None:
    """The expert will not go: the search opens again, from the reserve."""
    body = (
        f"{introduction.expert} ne partira pas. Le besoin reste retenu : la recherche reprend."
        f"\n\n{_what(introduction)}"
    )
    _to_parties(introduction, "lose", "La recherche d’une expertise reprend", body)
    body += f"\n\nMotif : {introduction.ending}"
    _to_network(introduction, "lose", f"Désistement : {introduction.need}", body, True)


def _what(introduction: Introduction) -> str:
    start = date_format(introduction.start, "j F Y")
    end = date_format(introduction.end, "j F Y")
    need = introduction.need
    return f"{need.title} ({need.association}), du {start} au {end}."


def _to_all(introduction: Introduction, verb: str, subject: str, body: str) -> None:
    _to_parties(introduction, verb, subject, body)
    _to_network(introduction, verb, f"{subject} : {introduction.need}", body, True)


def _to_parties(introduction: Introduction, verb: str, subject: str, body: str) -> None:
    for party in rules.parties_of(introduction):
        _to(party, introduction, verb, subject, body)


def _to(party: str, introduction: Introduction, verb: str, subject: str, body: str) -> None:
    if party == Party.EXPERT:
        addresses, args = [introduction.expert.person.email], []
    else:
        ours = party == Party.ASSOCIATION
        organisation = introduction.need.association if ours else introduction.employer
        addresses, args = addresses_of(organisation), [organisation.slug]  # type: ignore[union-attr]
    url = reverse(f"proposals:{party}_introduction", args=[*args, introduction.pk])
    _tell(addresses, introduction, verb, subject, body, url, True)


def _to_network(
    introduction: Introduction, verb: str, subject: str, body: str, urgent: bool = False
) -> None:
    network = introduction.need.network
    url = reverse("proposals:reseau_introduction", args=[network.slug, introduction.pk])
    _tell(officers_of(network), introduction, verb, subject, body, url, urgent)


def _tell(
    addresses: list[str],
    introduction: Introduction,
    verb: str,
    subject: str,
    body: str,
    url: str,
    urgent: bool,
) -> None:
    kind = f"proposals.{verb}"
    for to in addresses:
        tell(
            to=to, kind=kind, subject=subject, body=body, about=introduction, url=url, urgent=urgent
        )
