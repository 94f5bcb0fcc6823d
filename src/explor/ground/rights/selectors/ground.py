"""Queries on a person's data in ground packages, on copies, and on past erasures."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from explor.ground.accounts.models import (
    FactorReset,
    Invitation,
    Person,
    PersonalLink,
    Session,
    SignInTry,
)
from explor.ground.audit.models import Access, Entry
from explor.ground.files.models import Document, Seal
from explor.ground.mail.models import BadAddress, Message
from explor.ground.privacy.kinds import copies
from explor.ground.reference.selectors import verb_label
from explor.ground.roles.registry import role_types
from explor.ground.travel_advice.models import Advice

from ..models import Copy, Erased, ErasureRequest
from ..rules import digests_of_address
from .records import records

Records = Iterator[dict[str, Any]]
MOST = 1000  # maximum number of rows counted for each kind of data
NOT_STAFF = ("association", "expert", "employeur", "comite")


def held(person: Person) -> list[tuple[str, int, int]]:
    """Return (French label, number of rows, number of files) for each kind of data of a person.

    Counting stops above `MOST`, so that the page reads a bounded number of rows. Kinds without data
    are left out.
    """
    counted = [
        (each.label, _count(each.rows(person)), _count(each.files(person))) for each in copies()
    ]
    return [line for line in counted if line[1] or line[2]]


def _count(rows: Iterable[Any]) -> int:
    return sum(1 for _ in islice(rows, MOST + 1))


def old_copies(before: datetime) -> "QuerySet[Copy]":
    """Return the copies that were ready, or else requested, before an instant."""
    dated = Copy.objects.annotate(since=Coalesce("ready_at", "requested_at"))
    return dated.filter(since__lt=before)


def ended_requests(before: datetime) -> "QuerySet[ErasureRequest]":
    """Return the erasure requests that ended before an instant."""
    return ErasureRequest.objects.filter(ended_at__lt=before)


def account(person: Person) -> Records:
    yield from records(Person.objects.filter(pk=person.pk))


def addresses(person: Person) -> Records:
    yield from records(EmailAddress.objects.filter(user=person))
    yield from records(BadAddress.objects.filter(email__iexact=person.email))


def factors(person: Person) -> Records:
    """Yield second factors without secrets, external identities, requests to remove a factor."""
    yield from records(Authenticator.objects.filter(user=person), without=("data",))
    yield from records(SocialAccount.objects.filter(user=person))
    yield from records(
        FactorReset.objects.filter(person=person), without=("requested_by", "decided_by")
    )


def sessions(person: Person) -> Records:
    """Yield the sessions of a person, the counts of password attempts, and the access log."""
    yield from records(Session.objects.filter(person=person.pk))
    yield from records(SignInTry.objects.filter(email__iexact=person.email))
    noted = Access.objects.filter(person=person.pk).order_by("pk")
    yield from records(noted, without=("person", "digest", "transaction"))


def roles(person: Person) -> Records:
    """Yield the roles of a person; each capability exports the details of its own roles."""
    for kind in role_types().values():
        for row in kind.holders(person):
            yield {"casquette": kind.label, "au titre de": row.role_name}


def invitations(person: Person) -> Records:
    sent = Invitation.objects.filter(email__iexact=person.email)
    yield from records(sent, without=("invited_by",))


def links(person: Person) -> Records:
    yield from records(PersonalLink.objects.filter(email__iexact=person.email))


def messages(person: Person) -> Records:
    """Yield the messages sent to a person, without their text."""
    sent = Message.objects.filter(Q(to__iexact=person.email) | Q(person=person.pk))
    technical = ("person", "body", "url", "message_id", "tries", "secret", "urgent")
    yield from records(sent.order_by("pk"), without=technical)


def journal(person: Person) -> Records:
    """Yield the actions of a person in the journal, without details that may name others."""
    acts = Entry.objects.filter(person=person.pk).order_by("pk")
    technical = ("previous", "second_seal", "rank", "transaction")
    hidden = ("person", "details", "acting_for", "verb", *technical)
    for entry, record in zip(
        acts.iterator(chunk_size=500), records(acts, without=hidden), strict=True
    ):
        yield {"acte": verb_label(entry.verb, entry.kind), **record}


def advice(person: Person) -> Records:
    read = Advice.objects.filter(read_by=person.pk)
    yield from records(read, without=("read_by", "text", "url"))


def documents(person: Person) -> Records:
    hidden = ("file", "network", "uploaded_by", "owner", "charged_to")
    yield from records(Document.objects.filter(pk__in=uploaded(person)), without=hidden)


def uploaded(person: Person) -> Any:
    """Return the files that a person uploaded for themselves, not those they handled as staff."""
    acts = Entry.objects.filter(
        person=person.pk, kind="files.document", verb="store", role__in=NOT_STAFF
    )
    own = Document.objects.filter(uploaded_by=person.pk, seal=None)
    return own.filter(pk__in=acts.values("subject"))


def sealed() -> Any:
    """Return the seals of issued documents, whose facts were signed and cannot change."""
    return Seal.objects.all()


def old_marks(before: datetime) -> "QuerySet[Erased]":
    """Return the marks made before an instant that still hold the digests of addresses."""
    return Erased.objects.filter(at__lt=before).exclude(addresses=[])


def gone_for_good(emails: Iterable[str]) -> set[str]:
    """Return the addresses among `emails` of people erased lately, whom no file may invite.

    Only the keyed digests of these addresses are stored, for the retention period `digest`. The
    address of somebody who opened an account again is left out.
    """
    known = {digest: email for email in emails for digest in digests_of_address(email)}
    marks = Erased.objects.filter(addresses__overlap=[*known]).values_list("addresses", flat=True)
    gone = {known[digest] for row in marks for digest in row if digest in known}
    return gone - set(Person.objects.filter(email__in=gone).values_list("email", flat=True))
