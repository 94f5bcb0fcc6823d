"""Actions on organisations and on their members, field partners and verification papers."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from explor.actors.networks.models import Network, PaperKind
from explor.ground.accounts.actions import end_invitations, invite, revoke_links
from explor.ground.audit import actions as audit
from explor.ground.files.actions import discard, store
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.sanitize import SanitizedFile
from explor.ground.reference.selectors import department_of
from explor.ground.workflow.apart import each_apart

from . import emails, rules, selectors
from .models import FieldPartner, Member, MembershipPaper, Organisation
from .states import State


@transaction.atomic
def register(*, by: Actor, person: Any, kind: str, network: Network, **fields: Any) -> Organisation:
    """Create an organisation with its first member; notify the network that must verify it.

    Raises:
        ActionNotAllowed: an organisation of this kind has the same SIRET or RNA.
    """
    organisation = Organisation(
        kind=kind,
        network=network,
        slug=selectors.free_slug(fields["name"]),
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
    """Create an organisation without members from a line of an imported file; send no message.

    Raises:
        ActionNotAllowed: an organisation of this kind has the same SIRET or RNA.
    """
    organisation = Organisation(
        kind=kind,
        network=network,
        slug=selectors.free_slug(fields["name"]),
        department=department_of(fields.get("postcode", "")) or "",
        **fields,
    )
    _save_unique(organisation)
    audit.log(organisation, "create_from_file", by=by)
    return organisation


@transaction.atomic
def erase_unused(organisation: Organisation, *, by: Actor) -> bool:
    """Erase an organisation created from a file, unless somebody changed or used it since.

    Returns:
        Whether the organisation was erased.
    """
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if row.version or selectors.links_of(row):
        return False
    audit.log(row, "erase_unused", by=by, details={"name": row.name})
    row.delete()
    return True


def join_network(organisation: Organisation, *, network: Network, by: Actor) -> Organisation:
    """Move the organisation to another network."""
    return audit.update(organisation, "join_network", by=by, changes={"network": network})


def erase(organisation: Organisation) -> None:
    """Delete an organisation merged into another; the caller adds the journal entry."""
    organisation.delete()


def verify(
    organisation: Organisation, *, by: Actor, expected_version: int | None = None
) -> Organisation:
    """Mark an organisation as verified until its next yearly check; notify its members.

    Raises:
        ActionNotAllowed: a paper or a field is missing, see `rules.missing_to_verify`.
    """
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
    """Renew the yearly verification of an organisation; notify its members.

    Raises:
        ActionNotAllowed: a paper or a field is missing, see `rules.missing_to_verify`.
    """
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
    """Mark the yearly check as overdue; notify the members and the network.

    Needs and missions that have already begun continue.
    """
    with transaction.atomic():
        audit.transition(organisation, "fall_due", by=by)
        emails.fallen_due(organisation)
    return organisation


def watch(today: date) -> None:
    """Send one reminder a month before each yearly check, and mark the checks that are overdue."""
    verified = Organisation.objects.filter(state=State.VERIFIED).select_related("network")
    soon = Q(verified_until__lt=today) | Q(reminded_on=None)

    def follow(organisation: Organisation) -> int:
        if organisation.verified_until and organisation.verified_until < today:
            fall_due(organisation, by=SYSTEM)
            return 1
        version = organisation.version  # two jobs at once: the second is refused
        changes = {"reminded_on": today}
        audit.update(organisation, "remind", by=SYSTEM, expected_version=version, changes=changes)
        emails.due_soon(organisation)
        return 1

    due = verified.filter(soon, verified_until__lte=today + rules.NOTICE)
    each_apart(due.order_by("pk"), follow, name="watch")


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
    """Add a verification paper; without `file`, an officer attests to have seen the original."""
    paper = MembershipPaper(
        organisation=organisation, kind=kind, dated=dated, valid_until=valid_until, by=str(by)
    )
    if file is not None:
        title = f"{paper.get_kind_display().capitalize()} – {organisation.name}"[:200]
        network = organisation.network_id
        paper.document = store(
            file=file,
            kind="verification",
            title=title,
            owner=organisation,
            by=by,
            network=network,
            charged_to=organisation,
        )
    paper.save()
    changes = {"cer_signed_on": dated} if kind == PaperKind.CONTRACT else {}
    details = {"kind": kind, "paper": paper.pk}
    audit.update(organisation, "hand_paper", by=by, changes=changes, details=details)
    return paper


@transaction.atomic
def remove_paper(paper: MembershipPaper, *, by: Actor, reason: str) -> None:
    """Delete a verification paper added by mistake, with its file."""
    details = {"kind": paper.kind, "paper": paper.pk}
    audit.update(paper.organisation, "remove_paper", by=by, reason=reason, details=details)
    document = paper.document
    paper.delete()
    if document is not None:
        discard(document, reason=reason, by=by)


def refuse(
    organisation: Organisation, *, by: Actor, reason: str, expected_version: int | None = None
) -> Organisation:
    """Refuse the registration of an organisation, and send the reason to its members."""
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
    """Submit a refused registration again; notify the network."""
    with transaction.atomic():
        audit.transition(organisation, "register_again", by=by, expected_version=expected_version)
        emails.registered(organisation)
    return organisation


def suspend(
    organisation: Organisation, *, by: Actor, reason: str, expected_version: int | None = None
) -> Organisation:
    """Suspend an organisation and notify its members.

    The organisation keeps its needs and missions but cannot open new ones.
    """
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
    """Edit the description of an organisation; its département is deduced from its postcode.

    Raises:
        ActionNotAllowed: another organisation of this kind has the same SIRET or RNA.
        EditConflict: the organisation changed since `expected_version`.
    """
    if "postcode" in changes:
        changes = changes | {"department": department_of(changes["postcode"]) or ""}
    try:
        with transaction.atomic():
            return audit.update(
                organisation, "describe", by=by, expected_version=expected_version, changes=changes
            )
    except IntegrityError as error:
        raise _known(error) from error


@transaction.atomic
def invite_member(organisation: Organisation, *, by: Actor, **whom: str) -> None:
    """Invite a person, by `email`, `name` and `position`, to be a member of an organisation.

    Raises:
        ActionNotAllowed: see `require_few_letters`.
    """
    require_few_letters(organisation, by=by)
    invite(role_type=organisation.kind, role_key=organisation.slug, by=by, **whom)


def require_few_letters(organisation: Organisation, *, by: Actor) -> None:
    """Refuse to write to one more stranger, see `rules.blockers_of_letter`; in a transaction."""
    row = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if reasons := rules.blockers_of_letter(row, selectors.letters_of_today(by)):
        raise ActionNotAllowed(*reasons)


def add_member(person: Any, key: str, position: str) -> None:
    """Give an invited person the role of member in the organisation whose slug is `key`."""
    Member.objects.get_or_create(
        organisation=Organisation.objects.get(slug=key),
        person=person,
        defaults={"position": position or Member.Position.MEMBER},
    )


@transaction.atomic
def remove_member(member: Member, *, by: Actor) -> None:
    """Remove a person from the members of their organisation, and end their invitations to it.

    Raises:
        ActionNotAllowed: the organisation has no other member.
    """
    others = Member.objects.select_for_update().filter(organisation=member.organisation)
    if blockers := rules.blockers_of_remove_member(len(others)):
        raise ActionNotAllowed(*blockers)
    audit.log(member.organisation, "remove_member", by=by, details={"person": member.person_id})
    own = member.organisation
    end_invitations(member.person, role_type=own.kind, role_key=own.slug)
    member.delete()


@transaction.atomic
def add_partner(association: Organisation, *, by: Actor, **fields: Any) -> FieldPartner:
    """Add a field partner to an association."""
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
    """Edit a field partner; a new e-mail address revokes the links sent to the former one."""
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
    """Revoke every personal link of a field partner; notify the association.

    Raises:
        ActionNotAllowed: the partner has no valid link.
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
    """Return the refusal for a violated constraint of `Organisation`; re-raise any other error."""
    for constraint in Organisation._meta.constraints:
        if constraint.name in str(error):
            return ActionNotAllowed(str(constraint.violation_error_message))
    raise error


def erase_memberships(person: Any, *, by: Actor) -> None:
    """Delete the memberships of a person who is erased, and notify the networks."""
    members = Member.objects.filter(person=person).select_related("organisation__network")
    for member in members.order_by("pk"):
        audit.log(member.organisation, "remove_member", by=by, details={"person": person.pk})
        emails.member_erased(member.organisation)
        member.delete()
