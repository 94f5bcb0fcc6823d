"""A professional offers their expertise, and keeps the profile true."""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.ground.common import slots
from explor.ground.common.actor import Actor
from explor.ground.common.conflict import Refused
from explor.ground.journal.actions import amend, apply, record

from . import rules
from .models import Availability, Consent, Expert, LanguageSkill

Languages = list[dict[str, str]]
slots.offer("experts.welcome", "callable(expert): what we already know of an invited person")


@transaction.atomic
def open_profile(
    *, by: Actor, person: Any, network: Network, consent: bool = True, **fields: Any
) -> Expert:
    """A professional opens a profile, and lets their network see it when they agree."""
    expert = Expert.objects.create(
        person=person, network=network, confirmed_on=timezone.localdate(), **fields
    )
    record(expert, "open_profile", by=by)
    if consent:
        give_consent(expert, network=network, by=by)
    return expert


@transaction.atomic
def welcome(person: Any, key: str, role: str) -> None:
    """An invited person has a draft of their own; no network sees it before they agree."""
    if Expert.objects.filter(person=person).exists():
        return
    expert = Expert.objects.create(person=person, network=Network.objects.get(slug=key))
    by = Actor(person=person.pk, name=person.name, email=person.email, hat="expert")
    record(expert, "open_profile", by=by)
    for tell in slots.filled("experts.welcome"):
        tell(expert)


@transaction.atomic
def describe(
    expert: Expert,
    *,
    by: Actor,
    changes: dict[str, Any],
    languages: Languages | None = None,
    seen: int | None = None,
) -> Expert:
    """Change a profile; the act confirms it too."""
    changes = changes | {"confirmed_on": timezone.localdate()}
    amend(expert, "describe", by=by, seen=seen, changes=changes)
    if languages is not None:
        expert.languages.all().delete()
        LanguageSkill.objects.bulk_create(
            LanguageSkill(expert=expert, language=each["code"], level=each["level"])
            for each in languages
        )
    return expert


@transaction.atomic
def add_availability(expert: Expert, *, by: Actor, start: date, end: date) -> Expert:
    """The expert may leave between two days, both included."""
    Availability.objects.create(expert=expert, days=(start, end + timedelta(days=1)))
    return amend(expert, "add_availability", by=by, changes={"confirmed_on": timezone.localdate()})


@transaction.atomic
def remove_availability(availability: Availability, *, by: Actor) -> Expert:
    """The expert may no longer leave on those days."""
    expert = availability.expert
    availability.delete()
    return amend(expert, "remove_availability", by=by)


def offer(expert: Expert, *, by: Actor, seen: int | None = None) -> Expert:
    """The profile is proposed to the networks that may see it."""
    return apply(expert, "offer", by=by, seen=seen, check=rules.missing_to_offer)


def rest(expert: Expert, *, by: Actor, seen: int | None = None) -> Expert:
    """The profile is no longer proposed; it stays as it is."""
    return apply(expert, "rest", by=by, seen=seen)


def confirm(expert: Expert, *, by: Actor, seen: int | None = None) -> Expert:
    """The owner says that the profile is still true."""
    changes = {"confirmed_on": timezone.localdate()}
    return amend(expert, "confirm", by=by, seen=seen, changes=changes)


@transaction.atomic
def give_consent(expert: Expert, *, network: Network, by: Actor) -> None:
    """A network may see the profile (RGPD, art. 7: dated, and withdrawn as easily as given)."""
    try:
        with transaction.atomic():
            Consent.objects.create(expert=expert, network=network)
    except IntegrityError as error:
        raise Refused("Ce réseau voit déjà votre profil.") from error
    record(expert, "give_consent", by=by, details={"network": network.slug})


@transaction.atomic
def withdraw_consent(expert: Expert, *, network: Network, by: Actor) -> None:
    """A network no longer sees the profile, from this moment."""
    standing = expert.consents.filter(network=network, withdrawn_at=None)
    if standing.update(withdrawn_at=timezone.now()):
        record(expert, "withdraw_consent", by=by, details={"network": network.slug})
