"""Registering, verifying, and keeping an organisation up to date."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from explor.actors.networks.models import Network
from explor.ground.common.actor import Actor
from explor.ground.common.conflict import Refused
from explor.ground.journal.actions import amend, apply, record
from explor.ground.reference.queries import department_of

from . import emails, rules
from .models import FieldPartner, Member, Organisation


@transaction.atomic
def register(*, by: Actor, person: Any, kind: str, network: Network, **fields: Any) -> Organisation:
    """An organisation enters, with its first member; its network is told to verify it."""
    organisation = Organisation(
        kind=kind,
        network=network,
        slug=free_slug(fields["name"]),
        department=department_of(fields.get("postcode", "")) or "",
        **fields,
    )
    _save_unique(organisation)
    Member.objects.create(organisation=organisation, person=person, role=Member.Role.CONTACT)
    record(organisation, "register", by=by)
    emails.registered(organisation)
    return organisation


def verify(organisation: Organisation, *, by: Actor, seen: int | None = None) -> Organisation:
    """The network confirms: active in the network, field experience, general interest."""
    with transaction.atomic():
        apply(
            organisation,
            "verify",
            by=by,
            seen=seen,
            check=rules.missing_to_verify,
            changes={"refusal": ""},
        )
        emails.verified(organisation)
    return organisation


def refuse(
    organisation: Organisation, *, by: Actor, reason: str, seen: int | None = None
) -> Organisation:
    """The network does not take the organisation in, and says why."""
    with transaction.atomic():
        apply(organisation, "refuse", by=by, seen=seen, reason=reason, changes={"refusal": reason})
        emails.refused(organisation)
    return organisation


def register_again(
    organisation: Organisation, *, by: Actor, seen: int | None = None
) -> Organisation:
    """A refused organisation, completed, asks again."""
    with transaction.atomic():
        apply(organisation, "register_again", by=by, seen=seen)
        emails.registered(organisation)
    return organisation


def suspend(
    organisation: Organisation, *, by: Actor, reason: str, seen: int | None = None
) -> Organisation:
    """The network puts an organisation to rest: it keeps its files and opens no new one."""
    with transaction.atomic():
        apply(organisation, "suspend", by=by, seen=seen, reason=reason)
        emails.suspended(organisation)
    return organisation


def describe(
    organisation: Organisation, *, by: Actor, changes: dict[str, Any], seen: int | None = None
) -> Organisation:
    """Change what an organisation says of itself."""
    if "postcode" in changes:
        changes = changes | {"department": department_of(changes["postcode"]) or ""}
    try:
        with transaction.atomic():
            return amend(organisation, "describe", by=by, seen=seen, changes=changes)
    except IntegrityError as error:
        raise _known(error) from error


def join(person: Any, key: str, role: str) -> None:
    """An invited person acts for the organisation from now on."""
    Member.objects.get_or_create(
        organisation=Organisation.objects.get(slug=key),
        person=person,
        defaults={"role": role or Member.Role.MEMBER},
    )


@transaction.atomic
def remove_member(member: Member, *, by: Actor) -> None:
    """Someone no longer acts for the organisation; the last one cannot leave it alone."""
    others = Member.objects.select_for_update().filter(organisation=member.organisation)
    if len(others) < 2:
        raise Refused("Invitez d’abord une autre personne : l’organisation resterait sans contact.")
    record(member.organisation, "remove_member", by=by, details={"person": member.person_id})
    member.delete()


@transaction.atomic
def add_partner(association: Organisation, *, by: Actor, **fields: Any) -> FieldPartner:
    """A partner in the field enters the association's address book."""
    partner = FieldPartner.objects.create(association=association, **fields)
    record(partner, "add_partner", by=by)
    return partner


def describe_partner(
    partner: FieldPartner, *, by: Actor, changes: dict[str, Any], seen: int | None = None
) -> FieldPartner:
    """Change what is known of a partner."""
    return amend(partner, "describe_partner", by=by, seen=seen, changes=changes)


def free_slug(name: str) -> str:
    """A URL name nobody has yet."""
    root = slugify(name)[:100] or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=root).values_list("slug", flat=True))
    return next(
        slug
        for n in range(len(taken) + 1)
        if (slug := f"{root}-{n + 1}" if n else root) not in taken
    )


def _save_unique(organisation: Organisation) -> None:
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as error:
        raise _known(error) from error


def _known(error: IntegrityError) -> Refused:
    """The refusal in French of a constraint of the database, or the error itself."""
    for constraint in Organisation._meta.constraints:
        if constraint.name in str(error):
            return Refused(str(constraint.violation_error_message))
    raise error
