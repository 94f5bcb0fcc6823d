"""Registering, verifying, and keeping an organisation up to date."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from explor.actors.networks.models import Network, PaperKind
from explor.ground.accounts.actions import revoke_links
from explor.ground.audit import actions as audit
from explor.ground.files.actions import discard, store
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.sanitize import SanitizedFile
from explor.ground.reference.queries import department_of

from . import emails, rules, selectors
from .models import FieldPartner, Member, MembershipPaper, Organisation
from .states import State


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
    Member.objects.create(
        organisation=organisation, person=person, position=Member.Position.CONTACT
    )
    audit.log(organisation, "register", by=by)
    emails.registered(organisation)
    return organisation


@transaction.atomic
def create_from_file(*, by: Actor, kind: str, network: Network, **fields: Any) -> Organisation:
    """A network brings in one of its own from a file: nobody acts for it yet, nobody is told."""
    organisation = Organisation(
        kind=kind,
        network=network,
        slug=free_slug(fields["name"]),
        department=department_of(fields.get("postcode", "")) or "",
        **fields,
    )
    _save_unique(organisation)
    audit.log(organisation, "create_from_file", by=by)
    return organisation


@transaction.atomic
def erase_unused(organisation: Organisation, *, by: Actor) -> bool:
    """Erase an organisation brought in by mistake; False when it has lived since, and stays."""
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if row.version or selectors.links_of(row):
        return False
    audit.log(row, "erase_unused", by=by, details={"name": row.name})
    row.delete()
    return True


def join_network(organisation: Organisation, *, network: Network, by: Actor) -> Organisation:
    """Another network follows the organisation from now on."""
    return audit.update(organisation, "join_network", by=by, changes={"network": network})


def erase(organisation: Organisation) -> None:
    """A record that became part of another goes; whoever erases it journals why."""
    organisation.delete()


def verify(
    organisation: Organisation, *, by: Actor, expected_version: int | None = None
) -> Organisation:
    """The network confirms: active in the network, field experience, general interest."""
    with transaction.atomic():
        audit.transition(
            organisation,
            "verify",
            by=by,
            expected_version=expected_version,
            check=rules.missing_to_verify,
            changes={"refusal": "", **_until(organisation)},
        )
        emails.verified(organisation)
    return organisation


def verify_again(
    organisation: Organisation, *, by: Actor, expected_version: int | None = None
) -> Organisation:
    """The network confirms for a year more, on papers that still hold."""
    check, changes = rules.missing_to_verify, _until(organisation)
    with transaction.atomic():
        audit.transition(
            organisation,
            "verify_again",
            by=by,
            expected_version=expected_version,
            check=check,
            changes=changes,
        )
        emails.verified_again(organisation)
    return organisation


def fall_due(organisation: Organisation, *, by: Actor) -> Organisation:
    """The year is over: both sides are told; nothing that was begun stops for that."""
    with transaction.atomic():
        audit.transition(organisation, "fall_due", by=by)
        emails.fallen_due(organisation)
    return organisation


def watch(today: date) -> None:
    """Each day: a reminder once, a month before a check; then the check is due."""
    verified = Organisation.objects.filter(state=State.VERIFIED).select_related("network")
    for organisation in verified.filter(verified_until__lt=today).order_by("pk"):
        fall_due(organisation, by=SYSTEM)
    soon = verified.filter(verified_until__lte=today + rules.NOTICE, reminded_on=None)
    for organisation in soon.order_by("pk"):
        with transaction.atomic():
            audit.update(organisation, "remind", by=SYSTEM, changes={"reminded_on": today})
            emails.due_soon(organisation)


@transaction.atomic
def hand_paper(
    organisation: Organisation,
    *,
    by: Actor,
    kind: str,
    dated: date,
    valid_until: date | None = None,
    file: SanitizedFile | None = None,
) -> MembershipPaper:
    """A paper of the verification is joined, or seen on paper by an officer."""
    paper = MembershipPaper(
        organisation=organisation, kind=kind, dated=dated, valid_until=valid_until, by=str(by)
    )
    if file is not None:
        title = f"{paper.get_kind_display().capitalize()} – {organisation.name}"[:200]
        network = organisation.network_id
        paper.document = store(
            file=file, kind="verification", title=title, owner=organisation, by=by, network=network
        )
    paper.save()
    changes = {"cer_signed_on": dated} if kind == PaperKind.CONTRACT else {}
    details = {"kind": kind, "paper": paper.pk}
    audit.update(organisation, "hand_paper", by=by, changes=changes, details=details)
    return paper


@transaction.atomic
def remove_paper(paper: MembershipPaper, *, by: Actor, reason: str) -> None:
    """A paper joined by mistake goes, with its file."""
    details = {"kind": paper.kind, "paper": paper.pk}
    audit.update(paper.organisation, "remove_paper", by=by, reason=reason, details=details)
    document = paper.document
    paper.delete()
    if document is not None:
        discard(document, reason=reason, by=by)


def refuse(
    organisation: Organisation, *, by: Actor, reason: str, expected_version: int | None = None
) -> Organisation:
    """The network does not take the organisation in, and says why."""
    with transaction.atomic():
        audit.transition(
            organisation,
            "refuse",
            by=by,
            expected_version=expected_version,
            reason=reason,
            changes={"refusal": reason},
        )
        emails.refused(organisation)
    return organisation


def register_again(
    organisation: Organisation, *, by: Actor, expected_version: int | None = None
) -> Organisation:
    """A refused organisation, completed, asks again."""
    with transaction.atomic():
        audit.transition(organisation, "register_again", by=by, expected_version=expected_version)
        emails.registered(organisation)
    return organisation


def suspend(
    organisation: Organisation, *, by: Actor, reason: str, expected_version: int | None = None
) -> Organisation:
    """The network puts an organisation to rest: it keeps its files and opens no new one."""
    with transaction.atomic():
        audit.transition(
            organisation, "suspend", by=by, expected_version=expected_version, reason=reason
        )
        emails.suspended(organisation)
    return organisation


def describe(
    organisation: Organisation,
    *,
    by: Actor,
    changes: dict[str, Any],
    expected_version: int | None = None,
) -> Organisation:
    """Change what an organisation says of itself."""
    if "postcode" in changes:
        changes = changes | {"department": department_of(changes["postcode"]) or ""}
    try:
        with transaction.atomic():
            return audit.update(
                organisation, "describe", by=by, expected_version=expected_version, changes=changes
            )
    except IntegrityError as error:
        raise _known(error) from error


def add_member(person: Any, key: str, position: str) -> None:
    """An invited person acts for the organisation from now on."""
    Member.objects.get_or_create(
        organisation=Organisation.objects.get(slug=key),
        person=person,
        defaults={"position": position or Member.Position.MEMBER},
    )


@transaction.atomic
def remove_member(member: Member, *, by: Actor) -> None:
    """Someone no longer acts for the organisation; the last one cannot leave it alone."""
    others = Member.objects.select_for_update().filter(organisation=member.organisation)
    if blockers := rules.blockers_of_remove_member(len(others)):
        raise ActionNotAllowed(*blockers)
    audit.log(member.organisation, "remove_member", by=by, details={"person": member.person_id})
    member.delete()


@transaction.atomic
def add_partner(association: Organisation, *, by: Actor, **fields: Any) -> FieldPartner:
    """A partner in the field enters the association's address book."""
    partner = FieldPartner.objects.create(association=association, **fields)
    audit.log(partner, "add_partner", by=by)
    return partner


def describe_partner(
    partner: FieldPartner,
    *,
    by: Actor,
    changes: dict[str, Any],
    expected_version: int | None = None,
) -> FieldPartner:
    """Change what is known of a partner; a new address closes the links sent to the former one."""
    with transaction.atomic():
        former = FieldPartner.objects.select_for_update().get(pk=partner.pk).email
        audit.update(
            partner, "describe_partner", by=by, expected_version=expected_version, changes=changes
        )
        if partner.email.lower() != former.lower():
            _close_links(partner, by=by, reason="L’adresse du partenaire a changé.")
    return partner


@transaction.atomic
def revoke_partner_links(
    partner: FieldPartner, *, by: Actor, reason: str, expected_version: int | None = None
) -> FieldPartner:
    """Close every personal link of a partner; the association is notified.

    Raises:
        ActionNotAllowed: the partner has no link in use.
    """
    audit.update(
        partner, "revoke_partner_links", by=by, expected_version=expected_version, reason=reason
    )
    if not _close_links(partner, by=by, reason=reason):
        raise ActionNotAllowed("Ce partenaire n’a aucun lien personnel en cours.")
    return partner


def _close_links(partner: FieldPartner, *, by: Actor, reason: str) -> int:
    count = revoke_links(partner, by=by, reason=reason)
    if count:
        emails.links_revoked(partner, by=by, reason=reason)
    return count


def free_slug(name: str) -> str:
    """A URL name nobody has yet."""
    root = slugify(name)[:100] or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=root).values_list("slug", flat=True))
    return next(
        slug
        for n in range(len(taken) + 1)
        if (slug := f"{root}-{n + 1}" if n else root) not in taken
    )


def _until(organisation: Organisation) -> dict[str, Any]:
    until = rules.next_check(organisation, timezone.localdate())
    return {"verified_until": until, "reminded_on": None}


def _save_unique(organisation: Organisation) -> None:
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as error:
        raise _known(error) from error


def _known(error: IntegrityError) -> ActionNotAllowed:
    """The refusal in French of a constraint of the database, or the error itself."""
    for constraint in Organisation._meta.constraints:
        if constraint.name in str(error):
            return ActionNotAllowed(str(constraint.violation_error_message))
    raise error
