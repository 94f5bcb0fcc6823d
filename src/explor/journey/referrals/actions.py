"""Actions on a referral: a network asks an expert to open their profile to another network."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from explor.actors.experts import actions as experts
from explor.actors.experts.models import Expert
from explor.actors.networks.models import Network
from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.workflow.constraints import integrity_errors_as
from explor.journey.needs.models import Need

from . import emails, rules, selectors
from .models import Referral


@transaction.atomic
def refer(*, expert: Expert, need: Need, sender: Network, by: Actor, message: str = "") -> Referral:
    """Ask an expert in the sender's reserve whether the network of `need` may see the profile.

    The network of `need` learns nothing before the expert accepts (GDPR, art. 6 and 7).

    Raises:
        ActionNotAllowed: the expert is no longer free in reserve, already open to that network, or
            asked already.
    """
    if expert.pk not in selectors.free_in_reserve(sender.pk):
        raise ActionNotAllowed(
            "Cette personne n’est plus dans votre réserve, ou vient d’être proposée."
        )
    if expert.consents.filter(network=need.network, withdrawn_at=None).exists():
        raise ActionNotAllowed("Ce réseau voit déjà le profil de cette personne.")
    with integrity_errors_as(Referral):
        made = Referral.objects.create(
            expert=expert,
            need=need,
            network=need.network,
            sender=sender,
            message=message,
            until=timezone.localdate() + timedelta(days=rules.DAYS),
        )
    audit.log(made, "refer", by=by, details={"need": need.pk, "network": need.network.slug})
    emails.referred(made)
    return made


@transaction.atomic
def accept(referral: Referral, *, by: Actor, expected_version: int | None = None) -> Referral:
    """Open the profile to the other network: record the expert's consent, and notify both networks.

    Raises:
        ActionNotAllowed: the referral is answered already, or has expired, or the need no longer
            seeks anybody.
        EditConflict: the referral changed since `expected_version`.
    """
    audit.transition(
        referral,
        "accept",
        by=by,
        expected_version=expected_version,
        check=selectors.missing_to_accept,
    )
    standing = referral.expert.consents.filter(network=referral.network, withdrawn_at=None)
    if not standing.exists():
        experts.give_consent(referral.expert, network=referral.network, by=by)
    emails.answered(referral)
    return referral


@transaction.atomic
def decline(referral: Referral, *, by: Actor, expected_version: int | None = None) -> Referral:
    """Record the expert's refusal: the profile stays closed to the other network.

    The network that sent the referral is notified.

    Raises:
        ActionNotAllowed: the referral is answered already, or has expired.
        EditConflict: the referral changed since `expected_version`.
    """
    audit.transition(referral, "decline", by=by, expected_version=expected_version)
    emails.answered(referral)
    return referral


def expire(referral: Referral, *, by: Actor) -> Referral:
    """Expire a referral left without an answer, and notify the network that sent it."""
    row = audit.transition(referral, "expire", by=by)
    emails.answered(row)
    return row


def erase_referrals(expert: Expert) -> None:
    """Delete the referrals of a person whose profile is erased."""
    Referral.objects.filter(expert=expert).delete()
