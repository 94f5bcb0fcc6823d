"""Functions on documents, their seals, scans and storage space; callers check permissions."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.sanitize import ReceivedFile, SanitizedFile
from explor.ground.ui.pdf import as_printed, proof, render

from ..engine.keys import SealKeyError
from ..engine.sealing import SealedPdf, seal_pdf
from ..models import Document, Seal, owner_of
from ..rules import ALPHABET, LENGTH, grouped, missing_to_replace
from ..selectors import orphans
from .scans import quarantine, refuse_infected, rescan, scan_waiting
from .space import allow_space, reserve

__all__ = [
    "Drawn",
    "OriginalFile",
    "allow_space",
    "discard",
    "draw",
    "hand_over",
    "issue",
    "keep_drawn",
    "new_code",
    "refuse_infected",
    "remove_orphan_files",
    "replace",
    "rescan",
    "revoke",
    "scan_waiting",
    "seal",
    "store",
    "store_original",
]
logger = structlog.get_logger(__name__)

ORIGINAL = "application/octet-stream"
ORPHAN_AGE = timedelta(days=1)
Facts = Sequence[tuple[str, str]]


def store(
    *,
    file: SanitizedFile,
    kind: str,
    title: str,
    owner: models.Model,
    by: Actor,
    network: int | None = None,
    charged_to: models.Model | None = None,
) -> Document:
    """Store a sanitized file as a document of `owner`, in quarantine if an antivirus is set up.

    Args:
        file: the sanitized file.
        kind: the kind of document, such as "minutes".
        title: its title, shown to the user.
        owner: the row to which the document belongs.
        by: the actor who stores the file.
        network: the primary key of the network concerned, None if there is none.
        charged_to: the organisation or network whose space the file takes, None if there is none.

    Raises:
        ActionNotAllowed: the file does not fit in the remaining space.
    """
    about: dict[str, Any] = {
        "kind": kind,
        "title": title,
        "owner": owner,
        "by": by,
        "network": network,
    }
    return _keep(file, "store", **about, charged_to=charged_to)


def store_original(
    *,
    file: ReceivedFile,
    kind: str,
    title: str,
    owner: models.Model,
    by: Actor,
    network: int | None = None,
    charged_to: models.Model | None = None,
) -> Document:
    """Store the bytes of an uploaded file unchanged, so that an embedded signature stays valid.

    The bytes are not sanitized: only `download_original` serves them, and no page displays them.
    The other arguments and the errors are those of `store`.
    """
    kept = OriginalFile(content=file.content, mime=ORIGINAL, extension_of=file.clean.extension)
    about: dict[str, Any] = {
        "kind": kind,
        "title": title,
        "owner": owner,
        "by": by,
        "network": network,
    }
    return _keep(kept, "store", **about, charged_to=charged_to)


@dataclass(frozen=True, kw_only=True)
class OriginalFile(SanitizedFile):
    """The bytes of a file as uploaded, with a content type that no browser opens."""

    extension_of: str

    @property
    def extension(self) -> str:
        return self.extension_of


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A signed PDF not stored yet, with its printed code and the public facts of its seal.

    `content` is the data that the PDF prints, except the code, so that the same text can be
    rendered again.
    """

    pdf: SanitizedFile
    title: str
    code: str
    facts: Facts
    issuer: str
    certificate: str
    at: datetime
    content: dict[str, Any] = field(default_factory=dict)


def draw(
    *,
    template: str,
    data: Mapping[str, Any],
    facts: Facts,
    title: str,
    at: datetime | None = None,
) -> Drawn:
    """Render and sign a PDF on which the code of its seal is printed, without storing the PDF.

    Rendering takes up to a second: call `draw` before the transaction that locks rows, and
    `keep_drawn` inside that transaction. The other arguments are those of `issue`.

    Args:
        data: the data that `pdf.render` needs; `/verifier/` shows the name of its `issuer`.
        at: the moment of issue and of the signature, now by default.

    Raises:
        ActionNotAllowed: the key of the installation cannot sign.
    """
    at = at or timezone.now()
    code = new_code()
    address = settings.EXPLOR_URL + reverse("files:verify", args=[code])
    content = {**data, "verification": proof(grouped(code), address)}
    sealed = _sealed(render(template, content, title=title, at=at), at)
    return Drawn(
        pdf=SanitizedFile(content=sealed.content, mime="application/pdf"),
        title=title,
        code=code,
        facts=facts,
        issuer=data.get("issuer", {}).get("name", ""),
        certificate=sealed.certificate,
        at=at,
        content=as_printed(data),
    )


@transaction.atomic
def keep_drawn(
    drawn: Drawn, *, kind: str, owner: models.Model, by: Actor, network: int | None = None
) -> Document:
    """Store the result of `draw` as a document of `owner`, and create its seal."""
    document = _keep(
        drawn.pdf, "issue", kind=kind, title=drawn.title, owner=owner, by=by, network=network
    )
    seal(
        document,
        code=drawn.code,
        facts=drawn.facts,
        issuer=drawn.issuer,
        certificate=drawn.certificate,
        by=by,
        at=drawn.at,
    )
    return document


def issue(
    *,
    template: str,
    data: Mapping[str, Any],
    facts: Facts,
    kind: str,
    title: str,
    owner: models.Model,
    by: Actor,
    network: int | None = None,
    at: datetime | None = None,
) -> Document:
    """Render and sign a PDF, store it as a document of `owner`, and create its seal.

    A caller that locks rows uses `draw` before the transaction and `keep_drawn` inside instead.
    Errors are those of `draw`.

    Args:
        facts: the (label, value) pairs shown to anyone who types the code; nothing private.
    """
    drawn = draw(template=template, data=data, facts=facts, title=title, at=at)
    return keep_drawn(drawn, kind=kind, owner=owner, by=by, network=network)


@transaction.atomic
def seal(
    document: Document,
    *,
    code: str,
    facts: Facts,
    by: Actor,
    issuer: str = "",
    certificate: str = "",
    at: datetime | None = None,
) -> Seal:
    """Create the seal of `document`, which anyone can then verify with the printed `code`.

    Args:
        issuer: the name of the network that issues the document.
        certificate: the SHA-256 digest of the certificate that signed the document.
    """
    row = Seal.objects.create(
        code=code,
        document=document,
        kind=document.kind,
        title=document.title,
        sha256=document.sha256,
        issuer=issuer,
        certificate=certificate,
        facts=[[label, value] for label, value in facts],
        issued_at=at or timezone.now(),
    )
    audit.log(row, "seal", by=by, details={"document": document.pk})
    return row


@transaction.atomic
def revoke(seal: Seal, *, reason: str, by: Actor) -> Seal:
    """Revoke a seal for good: `/verifier/` then shows that its document is not valid, and why.

    Raises:
        ActionNotAllowed: the reason is blank, or the seal is already revoked.
    """
    if not reason.strip():
        raise ActionNotAllowed("Indiquez pourquoi ce document n’est plus valable.")
    row = Seal.objects.select_for_update().get(pk=seal.pk)
    if row.revoked_at is not None:
        raise ActionNotAllowed("Ce document est déjà révoqué.")
    row.revoked_at, row.revoked_for = timezone.now(), reason.strip()
    row.save()
    audit.log(row, "revoke", by=by, reason=row.revoked_for)
    return row


@transaction.atomic
def replace(seal: Seal, *, by: Actor, with_: Seal) -> Seal:
    """Replace a document by a newer one: `/verifier/` then leads from the old seal to the new.

    Raises:
        ActionNotAllowed: see `rules.missing_to_replace`.
    """
    rows = Seal.objects.select_for_update().order_by("pk").in_bulk([seal.pk, with_.pk])
    row, new = rows[seal.pk], rows[with_.pk]
    if reasons := missing_to_replace(row, new):
        raise ActionNotAllowed(*reasons)
    row.replaced_at, row.replaced_by = timezone.now(), new
    row.save()
    audit.log(row, "replace", by=by, details={"with": new.pk})
    return row


@transaction.atomic
def discard(document: Document, *, reason: str, by: Actor) -> None:
    """Delete a document and its file; keep its seal, so the printed code can be checked."""
    audit.log(document, "discard", by=by, reason=reason, details={"title": document.title})
    name = str(document.file.name)
    document.delete()
    if name:  # the file of an infected document is already erased
        transaction.on_commit(lambda: default_storage.delete(name), robust=True)


def hand_over(*, owner: models.Model, to: models.Model) -> None:
    """Make `to` the owner of the documents of `owner`, for example to merge two organisations.

    The documents charged to `owner` are charged to `to`, even beyond its space.
    """
    Document.objects.of(owner).update(owner=owner_of(to))
    Document.objects.charged_to(owner).update(charged_to=owner_of(to))


def remove_orphan_files(*, now: datetime | None = None) -> int:
    """Delete stored files that no row references, left by transactions that did not commit.

    A file younger than `ORPHAN_AGE` is kept: the transaction that created it may still be open.

    Args:
        now: the moment from which the age is counted, now by default.

    Returns:
        How many files were removed.
    """
    count = 0
    for name in orphans((now or timezone.now()) - ORPHAN_AGE):
        default_storage.delete(name)
        count += 1
    logger.info("orphan_files_removed", count=count)
    return count


def new_code() -> str:
    """Return a random code of 12 characters for a seal."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def _sealed(pdf: bytes, at: datetime) -> SealedPdf:
    try:
        return seal_pdf(pdf, at=at)
    except SealKeyError as fault:
        logger.error("seal_key_unusable", reason=str(fault))
        raise ActionNotAllowed(
            "Ce document ne peut pas être émis : la clé qui signe les documents manque ou ne "
            "convient pas. Rien n’est perdu ; prévenez l’administration de votre Explor."
        ) from fault


def _keep(
    file: SanitizedFile,
    verb: str,
    *,
    kind: str,
    title: str,
    owner: models.Model,
    by: Actor,
    network: int | None,
    charged_to: models.Model | None = None,
) -> Document:
    document = Document(
        kind=kind,
        title=title,
        sha256=hashlib.sha256(file.content).hexdigest(),
        mime=file.mime,
        size=len(file.content),
        network=network,
        owner=owner_of(owner),
        uploaded_by=by.person,
        charged_to=owner_of(charged_to) if charged_to else "",
    )
    name = f"{document.uid.hex}.{file.extension}"
    path = document.file.field.generate_filename(document, name)
    try:
        document.file.save(name, ContentFile(file.content), save=False)
        with transaction.atomic():
            if charged_to:
                reserve(charged_to, document.size)
            if verb == "store":
                quarantine(document)
            document.save(force_insert=True)
            audit.log(document, verb, by=by, details={"owner": document.owner, "kind": kind})
    except BaseException:
        _remove(str(document.file.name or path))
        raise
    return document


def _remove(name: str) -> None:
    """Delete a stored file that no row references, for example after a write failed.

    An error is only logged, so that the caller raises the first error; the nightly
    `remove_orphan_files` deletes the file later.
    """
    try:
        default_storage.delete(name)
    except OSError as fault:
        logger.error("orphan_file_left", file=name, reason=str(fault))
