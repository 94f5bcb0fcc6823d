"""Permissions on disposal lists, and the conditions to record the approval of the archives."""

from collections.abc import Collection
from datetime import date

from django.utils import timezone

from explor.actors.networks.models import Network
from explor.actors.networks.rules import can_set
from explor.actors.networks.selectors import officer_of
from explor.ground.http.actor import Actor

from .models import Disposal, DisposalLine

CHANGED = "ses papiers ont changé depuis le bordereau : arrêtez-le, puis préparez-en un autre"


def can_direct(actor: Actor, network: int) -> bool:
    """Return whether `actor` is a director of this network."""
    return actor.role == "reseau" and actor.scope == network and can_set(actor, officer_of(actor))


def can_prepare(actor: Actor, network: Network) -> bool:
    """Return whether `actor` may prepare a disposal list: a director, or the nightly job."""
    return actor.role == "systeme" or can_direct(actor, network.pk)


def can_act(actor: Actor, verb: str, disposal: Disposal) -> bool:
    """Return whether `actor` is a director of the network of a disposal list; `verb` is unused."""
    return can_direct(actor, disposal.network_id)


def missing_to_prepare(network: Network, *, papers: bool) -> list[str]:
    """Return, in French, why no disposal list can be prepared; [] when it can.

    Reasons: the network is not a public body, or no paper is past its term.

    Args:
        papers: whether some papers are past their term, and not kept by the archives.
    """
    if not network.public_body:
        return ["Ce réseau n’est pas un organisme public : ses papiers s’effacent à leur terme."]
    return (
        [] if papers else ["Aucun papier n’a passé son terme, sauf ceux que les archives gardent."]
    )


def missing_to_endorse(
    disposal: Disposal, *, kept: Collection[DisposalLine], on: date, today: date, visa: object
) -> list[str]:
    """Return, in French, what is missing to record the archives' approval; [] when nothing is.

    Reasons: no scanned approval, a day before the list or in the future, or every line kept.

    Args:
        kept: the lines that the archives want to keep.
        on: the day of the approval.
        visa: the scanned approval, None when none was sent.
    """
    reasons = [] if visa else ["Joignez le visa reçu, numérisé."]
    if not timezone.localdate(disposal.created_at) <= on <= today:
        reasons.append("Le visa date d’entre la préparation du bordereau et aujourd’hui.")
    if len(kept) == disposal.lines.count():
        reasons.append("Les archives gardent toutes les lignes : notez le refus du visa.")
    return reasons
