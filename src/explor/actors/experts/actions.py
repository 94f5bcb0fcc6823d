"""Actions on the profile of an expert, its availability and its consents, until its erasure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.actors.networks.selectors import addresses_of
from explor.actors.organisations.models import Organisation
from explor.ground.accounts.actions.erasing import erase_account
from explor.ground.accounts.models import Person
from explor.ground.audit import actions as audit
from explor.ground.files.actions import discard
from explor.ground.files.models import Document
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.actions import notify
from explor.ground.roles.registry import roles_of
from explor.ground.ui import hooks
from explor.ground.workflow.bulk import insert_many

from . import rules
from .models import CONSENT_VERSION, Availability, Consent, Expert, LanguageSkill
from .selectors import expert_of
from .states import State

Languages = list[dict[str, str]]
hooks.define(
    "experts.draft", "callable(expert): fill the draft of an invited person with what is known"
)

hooks.define(
    "experts.erasing", "callable(expert): erase what other capabilities keep about the person"
)
hooks.define("experts.named", "callable(expert) -> bool: whether papers that are kept name them")

# The values of an erased profile whose row stays because a proposal or a mission references it.
EMPTY: dict[str, Any] = {
    "job": "",
    "department": "",
    "employment": "",
    "summary": "",
    "experiences": "",
    "employer": None,
    "employed_since": None,
    "contract_ends": None,
    "part_time": None,
    "sectors": [],
    "skills": [],
    "countries": [],
    "confirmed_on": None,
}


@transaction.atomic
def open_profile(
    *, by: Actor, person: Any, network: Network, consent: bool = True, **fields: Any
) -> Expert:
    """Create the profile of a person; their network may see the profile if `consent` is true.

    Fields that the status makes meaningless are blanked, see `rules.emptied_by`.

    Raises:
        ActionNotAllowed: the fields contradict each other, see `rules.contradictions`.
    """
    fields |= rules.emptied_by(fields.get("employment", ""))
    expert = Expert(person=person, network=network, confirmed_on=timezone.localdate(), **fields)
    if reasons := rules.contradictions(expert):
        raise ActionNotAllowed(*reasons)
    expert.save()
    audit.log(expert, "open_profile", by=by)
    if consent:
        give_consent(expert, network=network, by=by)
    return expert


@transaction.atomic
def open_draft(person: Any, key: str, position: str) -> None:
    """Create a draft profile, hidden from all networks, for an invited person who has none.

    Other capabilities fill it with what they know of the person (hook `experts.draft`).

    Args:
        key: the slug of the network that invited the person.
        position: unused; part of the signature of every `RoleType.grant`.

    Raises:
        Network.DoesNotExist: no network has this slug.
    """
    if Expert.objects.filter(person=person).exists():
        return
    expert = Expert.objects.create(person=person, network=Network.objects.get(slug=key))
    by = Actor(person=person.pk, name=person.name, email=person.email, role="expert")
    audit.log(expert, "open_profile", by=by)
    for fill in hooks.get("experts.draft"):
        fill(expert)


@dataclass(frozen=True, kw_only=True)
class PersonBefore:
    """A person of a mission that began before Explor, as a row of an imported file describes them.

    `employer` is the organisation that releases the person, `employment` a value of `Employment`,
    and `details` identifies the row in the journal.
    """

    name: str
    email: str
    employer: Organisation | None
    employment: str
    details: dict[str, Any]


@transaction.atomic
def take_over(
    people: Sequence[PersonBefore], *, network: Network, by: Actor
) -> dict[str, tuple[Expert, bool]]:
    """Create an account and a draft profile for each of these people who has none.

    No network sees a draft before its person consents, and no message is sent. The person later
    signs in with a code sent to their address, which proves that it is theirs. An existing profile
    does not change. Of several people with one address, the first counts.

    Returns:
        {e-mail address in lower case: (expert, whether the profile is new)}.
    """
    wanted = {each.email.lower(): each for each in reversed(people)}
    known = {person.email.lower(): person for person in _people_at(wanted)}
    new = [each for email, each in wanted.items() if email not in known]
    accounts = [Person.objects.new_user(email=each.email, name=each.name) for each in new]
    insert_many(accounts)
    audit.log_created(accounts, "take_over", by=by, details=[each.details for each in new])
    known |= {person.email: person for person in accounts}
    rows = Expert.objects.filter(person__in=known.values()).select_related("person").order_by("pk")
    experts = {each.person.email.lower(): (each, False) for each in rows}
    missing = [each for email, each in wanted.items() if email not in experts]
    drafts = [
        Expert(
            person=known[each.email.lower()],
            network=network,
            **{"employer": each.employer, "employment": each.employment}
            | rules.emptied_by(each.employment),
        )
        for each in missing
    ]
    insert_many(drafts)
    audit.log_created(drafts, "take_over", by=by, details=[each.details for each in missing])
    return experts | {each.person.email.lower(): (each, True) for each in drafts}


def _people_at(emails: Iterable[str]) -> QuerySet[Person]:
    """Return the people with these lower-case addresses, through the index that sign-in uses."""
    return Person.objects.alias(at=Lower("email")).filter(at__in=list(emails)).order_by("pk")


@transaction.atomic
def erase_unused(expert: Expert, *, by: Actor) -> bool:
    """Erase the draft and the account that `take_over` created, unless they are in use.

    Nothing is erased if the draft changed, if the person signed in or has another role, or if other
    rows reference them.

    Returns:
        Whether the draft and the account were erased.
    """
    row = Expert.objects.select_for_update(of=("self",)).select_related("person").get(pk=expert.pk)
    person = row.person
    if row.version or person.last_login is not None or len(roles_of(person)) > 1:
        return False
    try:
        with transaction.atomic():
            audit.log(row, "erase_unused", by=by)
            row.delete()
            person.delete()
    except ProtectedError:
        return False
    return True


@transaction.atomic
def describe(
    expert: Expert,
    *,
    by: Actor,
    changes: dict[str, Any],
    languages: Languages | None = None,
    expected_version: int | None = None,
) -> Expert:
    """Change fields of a profile and confirm it today; replace its languages when given.

    Fields that the new status makes meaningless are blanked, see `rules.emptied_by`.

    Raises:
        ActionNotAllowed: the fields contradict each other, see `rules.contradictions`.
        EditConflict: the profile changed since `expected_version`.
    """
    changes = changes | {"confirmed_on": timezone.localdate()}
    changes |= rules.emptied_by(changes.get("employment", expert.employment))
    audit.update(
        expert,
        "describe",
        by=by,
        expected_version=expected_version,
        check=rules.contradictions,
        changes=changes,
    )
    if languages is not None:
        expert.languages.all().delete()
        LanguageSkill.objects.bulk_create(
            LanguageSkill(expert=expert, language=each["code"], level=each["level"])
            for each in languages
        )
    return expert


@transaction.atomic
def add_availability(expert: Expert, *, by: Actor, start: date, end: date) -> Expert:
    """Add a period of availability, both days included; this also confirms the profile."""
    Availability.objects.create(expert=expert, days=(start, end + timedelta(days=1)))
    return audit.update(
        expert, "add_availability", by=by, changes={"confirmed_on": timezone.localdate()}
    )


@transaction.atomic
def remove_availability(availability: Availability, *, by: Actor) -> Expert:
    """Delete a period of availability; return its expert."""
    expert = availability.expert
    availability.delete()
    return audit.update(expert, "remove_availability", by=by)


def offer(expert: Expert, *, by: Actor, expected_version: int | None = None) -> Expert:
    """Offer the profile to the networks that may see it, for matching with needs.

    Raises:
        PermissionDenied: `by` is neither an expert nor a network.
        ActionNotAllowed: the profile is incomplete, see `rules.missing_to_offer`, or is offered
            already.
        EditConflict: the profile changed since `expected_version`.
    """
    return audit.transition(
        expert, "offer", by=by, expected_version=expected_version, check=rules.missing_to_offer
    )


def rest(expert: Expert, *, by: Actor, expected_version: int | None = None) -> Expert:
    """Pause the profile, which is no longer offered; its contents do not change.

    Raises:
        PermissionDenied: `by` is neither an expert nor a network.
        ActionNotAllowed: the profile is not offered.
        EditConflict: the profile changed since `expected_version`.
    """
    return audit.transition(expert, "rest", by=by, expected_version=expected_version)


def confirm(expert: Expert, *, by: Actor, expected_version: int | None = None) -> Expert:
    """Record that the expert confirmed today that the profile is up to date.

    Raises:
        EditConflict: the profile changed since `expected_version`.
    """
    changes = {"confirmed_on": timezone.localdate()}
    return audit.update(
        expert, "confirm", by=by, expected_version=expected_version, changes=changes
    )


@transaction.atomic
def give_consent(expert: Expert, *, network: Network, by: Actor) -> None:
    """Record the consent of the expert to let a network see the profile, with the text version.

    A consent to a former text is withdrawn, and its row is kept as a proof (GDPR, art. 7).

    Raises:
        ActionNotAllowed: the network already has the consent to the current text.
    """
    former = expert.consents.filter(network=network, withdrawn_at=None)
    former.exclude(version=CONSENT_VERSION).update(withdrawn_at=timezone.now())
    try:
        with transaction.atomic():
            Consent.objects.create(expert=expert, network=network, version=CONSENT_VERSION)
    except IntegrityError as error:
        raise ActionNotAllowed("Ce réseau voit déjà votre profil.") from error
    details = {"network": network.slug, "version": CONSENT_VERSION}
    audit.log(expert, "give_consent", by=by, details=details)


@transaction.atomic
def withdraw_consent(expert: Expert, *, network: Network, by: Actor) -> None:
    """Withdraw the consent to a network; do nothing when there is none."""
    standing = expert.consents.filter(network=network, withdrawn_at=None)
    if standing.update(withdrawn_at=timezone.now()):
        audit.log(expert, "withdraw_consent", by=by, details={"network": network.slug})


@transaction.atomic
def end_profile(expert: Expert, now: datetime) -> None:
    """Erase a profile whose retention period is over, and the account if there is no other role.

    If proposals or missions reference the profile, its fields are blanked but the row stays. The
    name of the person stays while documents that are kept need it. `now` is unused.
    """
    person = expert.person
    named = any(is_named(expert) for is_named in hooks.get("experts.named"))
    audit.log(expert, "end_profile", by=SYSTEM)
    _remove(expert, state=State.DRAFT)
    if all(role.kind == "expert" for role in roles_of(person)):
        erase_account(person, keep_name=named)


@transaction.atomic
def erase_profile(person: Any, *, by: Actor) -> None:
    """Delete the profile of a person whose data are being erased, and notify their network.

    If a proposal or a mission references the profile, the row stays, without any personal data.
    Do nothing if the person has no profile.
    """
    expert = expert_of(person)
    if expert is None:
        return
    audit.log(expert, "erase_profile", by=by)
    _notify_network(expert)
    _remove(expert, state=State.RESTING)


def _remove(expert: Expert, *, state: State) -> None:
    """Delete a profile, or blank it and set `state` if a proposal or a mission references it."""
    for erase in hooks.get("experts.erasing"):
        erase(expert)
    for document in Document.objects.of(expert):
        discard(document, reason="Fin de la conservation.", by=SYSTEM)
    for rows in (expert.languages, expert.availabilities, expert.consents):
        rows.all().delete()
    try:
        with transaction.atomic():
            Expert.objects.get(pk=expert.pk).delete()
    except ProtectedError:
        emptied = EMPTY | {"state": state, "version": expert.version + 1}
        Expert.objects.filter(pk=expert.pk).update(**emptied)


def _notify_network(expert: Expert) -> None:
    for address in addresses_of(expert.network):
        notify(
            to=address,
            kind="rights.erase_account",
            subject="Une personne a effacé son profil",
            body=(
                "Une personne de votre vivier a effacé ses données, comme la loi le permet. Son "
                "profil n’existe plus. Ses missions passées restent, sans son nom."
            ),
            url=f"/reseau/{expert.network.slug}/expertises/",
        )
