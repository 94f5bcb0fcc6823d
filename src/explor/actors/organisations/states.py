"""The gate of membership: an organisation registers, its network verifies it."""

from django.db.models import TextChoices

from explor.ground.workflow.table import Transition, Workflow


class State(TextChoices):
    REGISTERED = "registered", "à vérifier"
    VERIFIED = "verified", "vérifiée"
    REFUSED = "refused", "refusée"
    SUSPENDED = "suspended", "en veille"
    LAPSED = "lapsed", "à vérifier de nouveau"


# Taken in by the network, even while the check of the year is late: nobody loses a file for that.
STANDING = (State.VERIFIED, State.LAPSED)
OWN = ("association", "employeur")

MEMBERSHIP = Workflow(
    "membership",
    State,
    Transition(
        verb="verify",
        sources=(State.REGISTERED, State.REFUSED, State.SUSPENDED),
        target=State.VERIFIED,
        by=("reseau",),
        label="Vérifier",
    ),
    Transition(
        verb="refuse",
        sources=(State.REGISTERED,),
        target=State.REFUSED,
        by=("reseau",),
        label="Refuser",
        needs_reason=True,
        danger=True,
    ),
    Transition(
        verb="register_again",
        sources=(State.REFUSED,),
        target=State.REGISTERED,
        by=OWN,
        label="Demander une nouvelle vérification",
    ),
    Transition(
        verb="verify_again",
        sources=(State.VERIFIED, State.LAPSED),
        target=State.VERIFIED,
        by=("reseau",),
        label="Vérifier pour un an de plus",
    ),
    Transition(
        verb="suspend",
        sources=(State.VERIFIED, State.LAPSED),
        target=State.SUSPENDED,
        by=("reseau",),
        label="Mettre en veille",
        needs_reason=True,
    ),
    Transition(
        verb="fall_due",
        sources=(State.VERIFIED,),
        target=State.LAPSED,
        by=("systeme",),
        label="Demander la vérification de l’année",
    ),
)
