"""Permissions on a profile, and conditions on its contents: consistent, complete, up to date."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from explor.ground.http.actor import Actor

from .models import WITH_A_TERM, WITHOUT_EMPLOYER, Expert

STALE = timedelta(days=183)

# The text to which a person agrees. If its meaning changes, change `models.CONSENT_VERSION` too:
# everybody is then asked again.
CONSENT = "{network} voit votre profil, votre adresse électronique et votre téléphone."


def can_describe(actor: Actor, expert: Expert) -> bool:
    """Return whether `actor` may edit the profile: its owner, or their network acting for them.

    The network does not need the consent of the person.
    """
    if actor.role == "expert":
        return bool(expert.person_id == actor.person)
    return actor.role == "reseau" and expert.network_id == actor.scope


def can(actor: Actor, verb: str, expert: Expert) -> bool:
    """Return whether `actor` may take `verb` on the profile in its current state."""
    allowed = expert.workflow.allows(expert.state, verb, actor.role)
    return can_describe(actor, expert) and allowed


def emptied_by(employment: str) -> dict[str, Any]:
    """Return {field: blank value} for the fields of a profile that a status makes meaningless.

    The employer is not among these fields: the person confirms its removal, see `contradictions`.
    """
    if employment in WITHOUT_EMPLOYER:
        return {"employed_since": None, "contract_ends": None, "part_time": None}
    return {"contract_ends": None} if employment and employment not in WITH_A_TERM else {}


def contradictions(expert: Expert) -> list[str]:
    """Return a French sentence if the profile names an employer but has a status without employer.

    The list is empty when the profile is consistent.
    """
    if expert.without_employer and expert.employer_id:
        return ["Ce statut est sans employeur : retirez d’abord votre employeur."]
    return []


def missing_to_offer(expert: Expert) -> list[str]:
    """Return what is missing to offer the profile for matching, in French; empty if complete."""
    missing = []
    if not (expert.summary or expert.experiences):
        missing.append("Présentez-vous en quelques lignes : c’est ce que l’on compare aux besoins.")
    if not expert.sectors:
        missing.append("Choisissez au moins un secteur.")
    if not expert.languages.exists():
        missing.append("Indiquez au moins une langue et son niveau.")
    if not is_free_later(expert, timezone.localdate()):
        missing.append("Indiquez au moins une période à venir où vous pourriez partir.")
    if not expert.consents.filter(withdrawn_at=None).exists():
        missing.append("Autorisez au moins un réseau à voir votre profil.")
    return missing


def is_free_later(expert: Expert, on: date) -> bool:
    """Return whether a period of availability ends on the day `on` or later."""
    return bool(expert.availabilities.filter(days__endswith__gt=on).exists())


def is_stale(expert: Expert, on: date) -> bool:
    """Return whether the profile was last confirmed over six months before the day `on`."""
    return expert.confirmed_on is None or on - expert.confirmed_on > STALE
