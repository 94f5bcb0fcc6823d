"""Actions on nominations: name a person, record their answer, withdraw, lapse, erase the data.

Also the link of a nomination to the profile that the person creates after a yes.
"""

import secrets
from datetime import datetime

from django.db import transaction

from explor.actors.experts import actions as experts
from explor.actors.experts.models import Expert
from explor.actors.organisations.models import Organisation
from explor.ground.accounts.actions import open_invitation, withdraw_invitations
from explor.ground.accounts.models import Person
from explor.ground.accounts.rules import digest_of
from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.actions import erase_messages
from explor.ground.workflow.constraints import integrity_errors_as
from explor.journey.needs.models import Need

from . import emails, rules, selectors
from .models import Nomination
from .states import State

ERASED = {"name": "", "email": "", "job": "", "word": ""}
HIDDEN = "Son profil ne vous est pas ouvert encore : elle vient de lire comment l’ouvrir."
# The journal is kept for good, so the person is anonymous in it.
PERSON = Actor(name="La personne proposée", role="public")


@transaction.atomic
def nominate(
    need: Need,
    *,
    employer: Organisation,
    by: Actor,
    name: str,
    email: str,
    job: str,
    word: str,
    agreed: bool,
) -> Nomination:
    """Nominate a person for a need, and email them; notify the network without their name.

    Raises:
        ActionNotAllowed: the person has not agreed, is already nominated, has declined or was
            asked twice, or too many people nominated by this employer have not answered.
    """
    # Lock the employer, so that people named at once are counted one by one.
    Organisation.objects.select_for_update(no_key=True).get(pk=employer.pk)
    reasons = rules.missing_to_nominate(selectors.pending_of(employer.pk), agreed)
    digest = rules.digest_of_address(email)
    if reasons := reasons + rules.missing_to_ask_again(selectors.former_states(need.pk, digest)):
        raise ActionNotAllowed(*reasons)
    secret = secrets.token_urlsafe(24)
    with integrity_errors_as(Nomination):
        made = Nomination.objects.create(
            need=need,
            employer=employer,
            name=name.strip(),
            email=email.lower(),
            job=job.strip(),
            word=word.strip(),
            by=by.name,
            digest=digest_of(secret),
            address_digest=digest,
        )
    audit.log(made, "nominate", by=by, details={"need": need.pk})
    emails.nominated(made, secret)
    emails.notify_network(made, "nominate", "une personne est proposée ; sa réponse est attendue.")
    return made


@transaction.atomic
def join(nomination: Nomination, *, secret: str) -> str:
    """Record the person's acceptance; return the URL of their profile, or of the page to create it.

    Accepting again before the profile is created only returns a new URL. The network and the
    employer are notified, without the name.

    Raises:
        ActionNotAllowed: the link is no longer valid, or the need was withdrawn since.
    """
    nomination = _locked(nomination)
    _check(nomination, secret)
    if reasons := rules.missing_to_join(nomination):
        raise ActionNotAllowed(*reasons)
    email, known = nomination.email, _known(nomination)
    if nomination.state != State.JOINED:
        audit.transition(nomination, "join", by=PERSON, changes={"expert": known})
        missing = rules.missing_to_match(nomination)
        emails.joined(nomination, missing)
        but = f" {HIDDEN}" if missing else ""
        emails.notify_network(nomination, "join", f"la personne proposée a dit oui.{but}")
        emails.notify_employer(nomination, "join", "La personne que vous avez proposée a dit oui.")
    if known:
        return "/expert/profil/"
    return open_invitation(
        email=email,
        name=nomination.name,
        role_type="expert",
        role_key=nomination.need.network.slug,
        by=PERSON,
    )


def _locked(nomination: Nomination) -> Nomination:
    """Lock a nomination, so that two answers are handled in turn, and return its present row."""
    return Nomination.objects.select_for_update().get(pk=nomination.pk)


def _check(nomination: Nomination, secret: str) -> None:
    if not (rules.can_answer(nomination, secret) and rules.is_open(nomination)):
        raise ActionNotAllowed("Ce lien ne sert plus.")


def _known(nomination: Nomination) -> Expert | None:
    """Return the profile that the person already has, else None."""
    return Expert.objects.filter(person__email=nomination.email).first()


@transaction.atomic
def decline_nomination(nomination: Nomination, *, secret: str) -> Nomination:
    """Record the person's refusal, and erase the personal data of the nomination.

    The employer and the network are notified, without the name.

    Raises:
        ActionNotAllowed: the link is no longer valid.
    """
    nomination = _locked(nomination)
    _check(nomination, secret)
    _erase_around(nomination)
    audit.transition(nomination, "decline_nomination", by=PERSON, changes=ERASED)
    emails.notify_employer(
        nomination,
        "decline_nomination",
        "La personne que vous avez proposée a dit non. Ses données sont effacées.",
    )
    emails.notify_network(nomination, "decline_nomination", "la personne proposée a dit non.")
    return nomination


@transaction.atomic
def withdraw_nomination(
    nomination: Nomination, *, by: Actor, expected_version: int | None = None
) -> Nomination:
    """Withdraw a nomination that awaits an answer, and erase the person's data.

    The network is notified.

    Raises:
        ActionNotAllowed: the nomination no longer awaits an answer.
        EditConflict: the nomination changed since `expected_version`.
    """
    _erase_around(nomination)
    audit.transition(
        nomination,
        "withdraw_nomination",
        by=by,
        expected_version=expected_version,
        changes=ERASED,
    )
    emails.notify_network(nomination, "withdraw_nomination", "la personne n’est plus proposée.")
    return nomination


@transaction.atomic
def lapse_nomination(nomination: Nomination, *, by: Actor) -> Nomination:
    """Close a nomination that got no answer, and erase the person's data.

    The network and the employer are notified, without the name.
    """
    _erase_around(nomination)
    audit.transition(nomination, "lapse_nomination", by=by, changes=ERASED)
    emails.notify_network(nomination, "lapse_nomination", "la personne proposée n’a pas répondu.")
    emails.notify_employer(
        nomination,
        "lapse_nomination",
        "La personne que vous avez proposée n’a pas répondu. Ses données sont effacées.",
    )
    return nomination


def _erase_around(nomination: Nomination) -> None:
    """Erase the emails of a nomination and the invitation that its acceptance created.

    Call it before the address of the person is erased.
    """
    erase_messages(nomination)
    withdraw_invitations(
        email=nomination.email,
        role_type="expert",
        role_key=nomination.need.network.slug,
        unsigned=True,
    )


def fill_draft(expert: Expert) -> None:
    """Link a new draft profile to the latest nomination that its person accepted in the network.

    The job given by the employer is copied to the profile unless it has one.
    """
    rows = Nomination.objects.filter(
        email=expert.person.email, state=State.JOINED, need__network=expert.network_id
    )
    nomination = rows.order_by("-pk").first()
    if nomination is None:
        return
    person = expert.person
    by = Actor(person=person.pk, name=person.name, email=person.email, role="expert")
    if nomination.job and not expert.job:
        experts.describe(expert, by=by, changes={"job": nomination.job})
    audit.update(nomination, "link_profile", by=PERSON, changes={"expert": expert})


@transaction.atomic
def erase_nomination(nomination: Nomination, now: datetime) -> None:
    """Erase the personal data of a nomination; one without answer lapses. `now` is unused."""
    if nomination.state == State.SENT:
        lapse_nomination(nomination, by=SYSTEM)
    else:
        _erase_around(nomination)
        audit.update(nomination, "erase_nomination", by=SYSTEM, changes=ERASED)


def erase_digest(nomination: Nomination, now: datetime) -> None:
    """Erase the digest of a nominated person's address, used to prevent repeated nominations.

    `now` is unused.
    """
    Nomination.objects.filter(pk=nomination.pk).update(address_digest="")


def erase_nominations(person: Person, *, by: Actor) -> None:
    """Erase the data of a person in the nominations of this person.

    Those without answer lapse, and their network and employer are notified. `by` is unused: the
    journal names the system.
    """
    for nomination in selectors.nominations_about(person).order_by("pk"):
        if nomination.state == State.SENT:
            lapse_nomination(nomination, by=SYSTEM)
        else:
            _erase_around(nomination)
            audit.update(nomination, "erase_nomination", by=SYSTEM, changes=ERASED)
