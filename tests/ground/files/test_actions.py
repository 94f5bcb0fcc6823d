"""Documents: stored, issued with a seal, revoked, replaced, discarded."""

import hashlib
from datetime import timedelta
from errno import ENOSPC, EROFS
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from pypdf import PdfReader

from explor.actors.member_imports.models import MemberImport
from explor.ground.audit.models import Entry
from explor.ground.files import actions
from explor.ground.files.models import Document, Seal
from explor.ground.files.rules import ALPHABET
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.sanitize import SanitizedFile
from explor.ground.rights.models import Copy
from explor.public.open_data.models import Dataset
from factories import NetworkFactory, PersonFactory

from .conftest import AT, READER, issue

pytestmark = pytest.mark.django_db
PICTURE = SanitizedFile(content=b"une image", mime="image/png")


def store(owner, **more) -> Document:
    given = {"file": PICTURE, "kind": "voucher", "title": "Reçu", "owner": owner, "by": READER}
    return actions.store(**{**given, **more})


def files(media) -> list[str]:
    return sorted(path.name for path in media.rglob("*") if path.is_file())


def test_an_uploaded_file_is_stored_under_a_random_name(owner, media):
    document = store(owner, network=3)
    assert files(media) == [f"{document.uid.hex}.png"]
    kept = Document.objects.get()
    assert kept.file.read() == b"une image"
    assert kept.sha256 == hashlib.sha256(b"une image").hexdigest()
    assert (kept.kind, kept.title, kept.mime, kept.size) == ("voucher", "Reçu", "image/png", 9)
    assert (kept.network, kept.uploaded_by) == (3, READER.person)


def test_the_function_documents_of_returns_the_documents_of_the_given_owner(owner):
    document = store(owner)
    assert list(Document.objects.of(owner)) == [document]
    assert list(Document.objects.of(document)) == []


def test_storing_a_document_adds_a_journal_entry(owner):
    document = store(owner)
    (entry,) = Entry.objects.about(document)
    assert (entry.verb, entry.person) == ("store", READER.person)
    assert entry.details == {"owner": f"networks.network:{owner.pk}", "kind": "voucher"}


def test_a_failure_while_storing_a_document_leaves_no_file(owner, media):
    with patch.object(actions.audit, "log", side_effect=OSError), pytest.raises(OSError):
        store(owner)
    assert (files(media), Document.objects.count()) == ([], 0)


def full(self, name, content):
    """Write the beginning of a file, as on a disk that fills up."""
    path = Path(self.path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"une")
    raise OSError(ENOSPC, "No space left on device")


def test_storing_a_document_on_a_full_disk_leaves_neither_a_row_nor_a_partial_file(owner, media):
    with patch.object(FileSystemStorage, "_save", full), pytest.raises(OSError) as fault:
        store(owner)
    assert fault.value.errno == ENOSPC
    assert (files(media), Document.objects.count(), Entry.objects.count()) == ([], 0, 0)


def test_a_failure_to_delete_a_file_does_not_hide_the_error_that_came_first(owner, media):
    with (
        patch.object(FileSystemStorage, "_save", full),
        patch.object(FileSystemStorage, "delete", side_effect=OSError(EROFS, "Read-only")),
        pytest.raises(OSError) as fault,
    ):
        store(owner)
    assert fault.value.errno == ENOSPC
    assert Document.objects.count() == 0
    assert actions.remove_orphan_files(now=timezone.now() + timedelta(days=2)) == 1
    assert files(media) == []


def test_an_issued_document_has_a_seal_and_shows_its_code(issued):
    seal = issued.seal
    text = PdfReader(BytesIO(issued.file.read())).pages[0].extract_text()
    text = text.replace("\n", "")
    assert f"tapez {seal}." in text
    assert f"/verifier/{seal.code}/" in text
    assert seal.sha256 == issued.sha256
    assert (seal.kind, seal.title, seal.issued_at) == (issued.kind, issued.title, AT)
    assert seal.facts == [["Délivrée à", "Camille Exemple"], ["Lieu", ""]]
    assert [entry.verb for entry in Entry.objects.about(issued)] == ["issue"]
    assert [entry.verb for entry in Entry.objects.about(seal)] == ["seal"]


def test_new_seal_codes_are_long_unambiguous_and_unique():
    codes = [actions.new_code() for _ in range(500)]
    assert len(set(codes)) == 500
    assert {len(code) for code in codes} == {12}
    assert set("".join(codes)) == set(ALPHABET)


def test_revoking_a_seal_records_its_date_its_reason_and_a_journal_entry(seal):
    actions.revoke(seal, reason=" Erreur de nom. ", by=READER)
    kept = Seal.objects.get()
    assert kept.revoked_for == "Erreur de nom."
    assert kept.revoked_at is not None
    entry = Entry.objects.about(seal).last()
    assert (entry.verb, entry.reason) == ("revoke", "Erreur de nom.")


def test_revoking_a_seal_twice_or_without_a_reason_is_refused(seal):
    with pytest.raises(ActionNotAllowed, match="pourquoi"):
        actions.revoke(seal, reason="  ", by=READER)
    actions.revoke(seal, reason="Erreur.", by=READER)
    with pytest.raises(ActionNotAllowed, match="déjà révoqué"):
        actions.revoke(seal, reason="Encore.", by=READER)


def test_replacing_a_document_records_its_date_the_new_one_and_a_journal_entry(seal, owner):
    new = issue(owner).seal
    actions.replace(seal, by=READER, with_=new)
    kept = Seal.objects.get(pk=seal.pk)
    assert (kept.replaced_by, kept.is_valid, kept.revoked_at) == (new, False, None)
    assert kept.replaced_at is not None
    assert list(Seal.objects.valid()) == [new]
    entry = Entry.objects.about(seal).last()
    assert (entry.verb, entry.person, entry.details) == ("replace", 7, {"with": new.pk})


def test_a_document_can_be_replaced_only_once(seal, owner):
    new, newest = issue(owner).seal, issue(owner).seal
    actions.replace(seal, by=READER, with_=new)
    with pytest.raises(ActionNotAllowed, match="déjà remplacé"):
        actions.replace(seal, by=READER, with_=newest)
    actions.replace(new, by=READER, with_=newest)
    assert list(Seal.objects.order_by("pk").values_list("replaced_by", flat=True)) == [
        new.pk,
        newest.pk,
        None,
    ]


def test_a_document_cannot_be_replaced_by_itself_or_by_an_invalid_document(seal, owner):
    new = issue(owner).seal
    with pytest.raises(ActionNotAllowed, match="lui-même"):
        actions.replace(seal, by=READER, with_=seal)
    actions.replace(seal, by=READER, with_=new)
    with pytest.raises(ActionNotAllowed, match="n’est plus valable"):
        actions.replace(new, by=READER, with_=seal)
    actions.revoke(new, reason="Erreur.", by=READER)
    other = issue(owner).seal
    with pytest.raises(ActionNotAllowed, match="n’est plus valable"):
        actions.replace(other, by=READER, with_=new)


def test_a_revoked_document_can_still_be_replaced(seal, owner):
    actions.revoke(seal, reason="Erreur de nom.", by=READER)
    new = issue(owner).seal
    kept = actions.replace(seal, by=READER, with_=new)
    assert (kept.replaced_by, kept.revoked_for) == (new, "Erreur de nom.")


def test_the_database_refuses_a_document_replacement_without_date_or_by_itself(seal, owner):
    new = issue(owner).seal
    with pytest.raises(IntegrityError), transaction.atomic():
        Seal.objects.filter(pk=seal.pk).update(replaced_by=new)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seal.objects.filter(pk=seal.pk).update(replaced_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Seal.objects.filter(pk=seal.pk).update(replaced_at=timezone.now(), replaced_by=seal)


def test_a_seal_stored_by_an_older_version_is_valid_with_blank_issuer_and_certificate(seal):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO files_seal (code, kind, title, sha256, facts, issued_at, revoked_for)"
            " VALUES ('AAAABBBBCCCC', 'minutes', 'Ancien', '', '[]', now(), '')"
        )
    kept = Seal.objects.get(code="AAAABBBBCCCC")
    assert (kept.issuer, kept.certificate, kept.is_valid) == ("", "", True)


def test_the_database_refuses_a_seal_revocation_without_a_reason(seal):
    with pytest.raises(IntegrityError), transaction.atomic():
        Seal.objects.filter(pk=seal.pk).update(revoked_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Seal.objects.filter(pk=seal.pk).update(revoked_for="Erreur.")


def test_discarding_a_document_deletes_its_file_and_keeps_its_seal(
    issued, media, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard(issued, reason="Durée de conservation atteinte.", by=READER)
    assert (files(media), Document.objects.count()) == ([], 0)
    assert Seal.objects.get().document is None
    assert Entry.objects.last().verb == "discard"


def test_a_document_stays_discarded_when_its_file_cannot_be_deleted(
    issued, monkeypatch, django_capture_on_commit_callbacks
):
    def fail(name):
        raise OSError("Input/output error")

    monkeypatch.setattr(actions.default_storage, "delete", fail)
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard(issued, reason="Durée de conservation atteinte.", by=READER)
    assert Document.objects.count() == 0


def test_the_nightly_job_deletes_only_old_files_without_a_document(owner, media):
    document = store(owner)
    (media / "documents" / "orphelin.pdf").write_bytes(b"sans ligne")
    assert len(files(media)) == 2
    now = timezone.now()
    assert actions.remove_orphan_files() == 0
    assert actions.remove_orphan_files(now=now + timedelta(hours=23)) == 0
    assert actions.remove_orphan_files(now=now + timedelta(hours=25)) == 1
    assert actions.remove_orphan_files(now=now + timedelta(hours=25)) == 0
    assert files(media) == [f"{document.uid.hex}.png"]


@pytest.mark.parametrize("folder", ["copies", "imports/2026/11", "donnees"])
def test_the_nightly_job_deletes_orphan_files_of_a_killed_job_in_every_folder(media, folder):
    """A copy of personal data or a file of members would stay there for ever."""
    name = default_storage.save(f"{folder}/orphelin.zip", ContentFile(b"sans ligne"))
    kept = default_storage.save(f"{folder}/de-quelqu-un.zip", ContentFile(b"avec ligne"))
    network, person = NetworkFactory(), PersonFactory()
    Copy.objects.create(person=person, file=kept)
    MemberImport.objects.create(network=network, what="expert", name="a.csv", file=kept)
    facts = {"size": 1, "sha256": "", "rows": 0, "made_at": timezone.now()}
    Dataset.objects.create(name="projets.csv", file=kept, **facts)
    later = timezone.now() + timedelta(hours=25)
    assert actions.remove_orphan_files(now=later) == 1
    assert not default_storage.exists(name)
    assert default_storage.exists(kept)


def test_removing_orphan_files_from_an_empty_store_does_nothing(db):
    assert actions.remove_orphan_files() == 0


def test_the_function_draw_stores_no_document_before_keep_drawn_is_called(owner, media):
    drawn = actions.draw(
        template="document.typ",
        data={"issuer": {"name": "Réseau"}, "kicker": "", "lead": "", "facts": []},
        facts=[("Lieu", "Lyon")],
        title="Attestation",
        at=AT,
    )
    assert (Document.objects.count(), Entry.objects.count(), files(media)) == (0, 0, [])
    document = actions.keep_drawn(drawn, kind="certificate", owner=owner, by=READER)
    assert (document.title, document.seal.code) == ("Attestation", drawn.code)
    assert document.seal.facts == [["Lieu", "Lyon"]]
