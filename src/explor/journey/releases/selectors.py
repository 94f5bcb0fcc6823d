"""Queries on releases: lists, texts of papers, signing, documents, and the data of a person."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Q, QuerySet, When, prefetch_related_objects

from explor.actors.networks.models import Network
from explor.actors.organisations.models import Member
from explor.ground.accounts.models import Person, PersonalLink
from explor.ground.accounts.selectors import any_link_of
from explor.ground.files.models import Document
from explor.ground.http.actor import Actor
from explor.ground.mail.selectors import is_locked
from explor.ground.rights.selectors import authored, records
from explor.journey.leave_readings.engine import LeavePaper

from .models import (
    Agreement,
    ClauseText,
    Release,
    ReleaseQuerySet,
    ServiceApproval,
    Signatory,
    Signature,
)
from .rules import missing_in_clause, next_of
from .states import State


def with_related(releases: ReleaseQuerySet) -> ReleaseQuerySet:
    """Return the same releases with the related rows that pages and emails use."""
    return (
        _with_signatories(releases)
        .select_related("agreement__document", "agreement__signed_copy")
        .prefetch_related("agreement__proof_files")
    )


def _with_signatories(releases: ReleaseQuerySet) -> ReleaseQuerySet:
    """Return the same releases with the rows that tasks and lists use: no file of an agreement."""
    return releases.select_related(
        "employer",
        "agreement",
        "proposal__expert__person",
        "proposal__need__association",
        "proposal__need__network",
    ).prefetch_related("agreement__signatures", "signatories")


def complete(release: Release) -> Release:
    """Load the related rows that pages use, for a release loaded with another row.

    Rows that are already loaded are not queried again.
    """
    prefetch_related_objects(
        [release],
        "employer",
        "agreement__document",
        "agreement__signed_copy",
        "agreement__signatures",
        "agreement__proof_files",
        "signatories",
    )
    return release


def lines_of(release: Release) -> dict[str, str]:
    """Return {field: text} for the blank lines that the parties filled in the latest agreement.

    The latest agreement counts even once it is replaced. {} if there is none.
    """
    agreement = release.agreements.order_by("rank").last()
    return dict(agreement.content.get("lines", {})) if agreement else {}


def listed_for(actor: Actor) -> ReleaseQuerySet:
    """Return the releases that `actor` may see, those awaiting an answer first."""
    first = Case(When(state=State.REQUESTED, then=0), default=1)
    return _with_signatories(Release.objects.visible_to(actor)).order_by(first, "-pk")


def waiting_of(actor: Actor) -> ReleaseQuerySet:
    """Return the releases that may require an approval, signature or confirmation from `actor`.

    At most 50, the oldest first.
    """
    states = [State.APPROVED]
    if actor.role in ("employeur", "reseau"):
        states.append(State.REQUESTED)
    releases = Release.objects.visible_to(actor).filter(state__in=states)
    return _with_signatories(releases).order_by("pk")[:50]


def current_of(need: Any, seat: int | None) -> Release | None:
    """Return the oldest release of a need that is neither refused nor ended; None if there is none.

    Args:
        seat: the primary key of the only proposal whose release counts, None for all of them.
    """
    releases = Release.objects.filter(proposal__need=need.pk)
    if seat is not None:
        releases = releases.filter(proposal=seat)
    standing = releases.exclude(state__in=(State.REFUSED, State.ENDED))
    return standing.select_related("employer", "proposal__expert").order_by("pk").first()


@dataclass(frozen=True, kw_only=True)
class NetworkPaper:
    """A leave paper with the clause texts of one network.

    `texts` has one `ClauseText` per clause, in the order of the clauses; it is unsaved where the
    network has written none.
    """

    network: Network
    paper: LeavePaper
    texts: tuple[ClauseText, ...]

    @property
    def examples(self) -> tuple[ClauseText, ...]:
        """Return the clause texts that the network has not adopted."""
        return tuple(each for each in self.texts if each.adopted_at is None)


def network_paper(network: Network, paper: LeavePaper) -> NetworkPaper:
    """Return a leave paper with the clause texts of a network."""
    rows = ClauseText.objects.select_related("network").filter(network=network, paper=paper.key)
    own = {row.clause: row for row in rows}
    texts = tuple(
        own.get(each.key) or ClauseText(network=network, paper=paper.key, clause=each.key)
        for each in paper.clauses
    )
    return NetworkPaper(network=network, paper=paper, texts=texts)


def adopted_texts(network: int, paper: LeavePaper) -> dict[str, str]:
    """Return the clause texts that a network adopted for a paper, by key of the clause.

    A text that lacks what the law now requires is left out: the example of Explor applies.
    """
    rows = ClauseText.objects.filter(
        network=network,
        paper=paper.key,
        clause__in=[each.key for each in paper.clauses],
        adopted_at__isnull=False,
    )
    return {row.clause: row.text for row in rows if not missing_in_clause(row)}


def adopted_counts(network: Network) -> dict[str, int]:
    """Return how many clauses a network adopted, by key of the paper."""
    rows = ClauseText.objects.filter(network=network, adopted_at__isnull=False)
    counted: dict[str, int] = {}
    for paper in rows.values_list("paper", flat=True):
        counted[paper] = counted.get(paper, 0) + 1
    return counted


@dataclass(frozen=True, kw_only=True)
class Signing:
    """A signing link, with the signatory who holds it and the agreement version that it signs."""

    link: PersonalLink
    place: Signatory
    agreement: Agreement

    @property
    def release(self) -> Release:
        return self.place.release


def signing_of(secret: str) -> Signing | None:
    """Return the signatory and agreement of a signing link, even expired; None if unknown.

    None also while the account with the address of the link is locked.
    """
    link = any_link_of(secret, Agreement)
    if link is None or not link.holder.startswith(f"{Signatory._meta.label_lower}:"):
        return None
    if is_locked(link.email):
        return None
    agreement = Agreement.objects.select_related("document").get(pk=_key(link.subject))
    release = with_related(Release.objects.filter(pk=agreement.release_id)).get()
    pk = _key(link.holder)
    signatory = next((each for each in release.signatories.all() if each.pk == pk), None)
    return Signing(link=link, place=signatory, agreement=agreement) if signatory else None


def _key(row: str) -> int:
    return int(row.partition(":")[2])


def signatory_to_sign(release: Release, party: str) -> Signatory | None:
    """Return the next signatory of a party, queried again; None once all of them have signed."""
    return next_of(with_related(Release.objects.filter(pk=release.pk)).get(), party)


def signed_agreement(pk: int, **filters: Any) -> Agreement | None:
    """Return an agreement with the related rows that its signed copy prints; None if no match.

    It need not be signed: `filters` and the caller decide.

    Args:
        pk: the primary key of the agreement.
        filters: lookups on the fields of the agreement.
    """
    related = (
        "document__seal",
        "signed_copy",
        "release__employer",
        "release__proposal__expert__person",
        "release__proposal__need__association",
        "release__proposal__need__network",
    )
    rows = Agreement.objects.filter(pk=pk, **filters).select_related(*related)
    return rows.prefetch_related(
        "signatures__signatory", "signatures__paper", "signatures__original"
    ).first()


def links_of(agreement: Agreement) -> dict[int, list[PersonalLink]]:
    """Return the links sent to sign an agreement, by primary key of their signatory."""
    subject = f"{Agreement._meta.label_lower}:{agreement.pk}"
    links: dict[int, list[PersonalLink]] = {}
    for link in PersonalLink.objects.filter(subject=subject).order_by("created_at", "pk"):
        links.setdefault(_key(link.holder), []).append(link)
    return links


def own_releases(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the releases of a person as the expert, for the copy of their data."""
    own = Release.objects.filter(proposal__expert__person=person)
    also = {"besoin": "proposal__need__title", "employeur": "employer"}
    yield from records(own, also=also, without=("confirmed_by",))


def signatures_of(person: Person) -> "QuerySet[Signature]":
    """Return the signatures of a person, made from their account or by a signing link."""
    return Signature.objects.filter(Q(person=person.pk) | Q(email__iexact=person.email))


def own_signatures(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the signatures of a person, for the copy of their data."""
    yield from records(signatures_of(person), also={"convention": "agreement__document__title"})


def own_signatories(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the signatory rows that name a person, for the copy of their data."""
    own = Signatory.objects.filter(email__iexact=person.email)
    yield from records(own, without=("delegated_by",))


def own_service_approvals(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the service approvals that a person recorded, for the copy of their data."""
    rows = ServiceApproval.objects.all()
    own = authored(person, rows, verbs=("note_service_approval",), file="release")
    yield from records(own, without=("by", "name"))


def own_agreements(person: Person) -> "QuerySet[Document]":
    """Return the documents of the agreements that a person signed, for the copy of their data.

    They are the unsigned PDF, the signed copy and the paper files of the person's signatures.
    """
    signed = signatures_of(person)
    agreements = Agreement.objects.filter(signatures__in=signed)
    return Document.objects.filter(
        Q(pk__in=agreements.values("document"))
        | Q(pk__in=agreements.values("signed_copy"))
        | Q(pk__in=signed.values("paper"))
    )


def documents_of(release: Release) -> list[Document]:
    """Return every document of a release: agreements, proof files, signed papers, request."""
    papers = [release.consent_by_silence, release.request_proof]
    for agreement in release.agreements.all():
        papers += [agreement.document, agreement.signed_copy]
        papers += [proof.document for proof in agreement.proof_files.all()]
        for signature in agreement.signatures.all():
            papers += [signature.paper, signature.original]
    return [paper for paper in papers if paper is not None]


def kept_signatures() -> "QuerySet[Signature]":
    """Return all signatures: the erasure of a person leaves them as they are."""
    return Signature.objects.all()


def kept_agreements() -> "QuerySet[Agreement]":
    """Return all agreements: the erasure of a person leaves them as they are."""
    return Agreement.objects.all()


def kept_signatories() -> "QuerySet[Signatory]":
    """Return the signatories who have signed: the erasure of a person leaves them as they are."""
    return Signatory.objects.filter(signatures__isnull=False)


def is_member(actor: Actor) -> bool:
    """Return whether `actor` is still a member of the organisation that they act for."""
    return Member.objects.filter(organisation=actor.scope, person=actor.person).exists()


def running_releases(person: Person) -> ReleaseQuerySet:
    """Return the releases of a person, as the expert, that await a grant or a signature."""
    open_states = (State.REQUESTED, State.APPROVED)
    return Release.objects.filter(proposal__expert__person=person, state__in=open_states)
