"""An issued PDF is signed: its signature is valid, and any later change is detected."""

import asyncio
import hashlib
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pypdf import PdfReader

from explor.ground.files import actions
from explor.ground.files.engine.keys import SealKey
from explor.ground.files.engine.sealing import FIELD, LABEL, SealedPdf, seal_pdf
from explor.ground.files.models import Document
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.ui.pdf import render
from support.papers import apart, validated

from .conftest import AT, issue

DATA = {
    "issuer": {"name": "Réseau d’exemple"},
    "facts": [["Personne", "Camille Exemple"]],
    "sections": [{"title": "Objet", "paragraphs": ["Dix jours sur place."], "list": ["un"]}],
}
PRINTED, HIDDEN = 0b100, 0b10


@pytest.fixture(scope="module")
def drawn() -> bytes:
    return render("document.typ", DATA, title="Convention", at=AT)


@pytest.fixture(scope="module")
def sealed(drawn: bytes) -> SealedPdf:
    return seal_pdf(drawn, at=AT)


def status_of(content: bytes, trusted: SealKey) -> PdfSignatureStatus:
    """Validate the only signature of a PDF as a reader that trusts one certificate does."""
    [signature] = PdfFileReader(BytesIO(content)).embedded_signatures
    assert signature.field_name == FIELD
    status = validated(signature, signature.signer_cert)
    assert status.signing_cert.sha256.hex() == trusted.fingerprint
    return status


def pdfsig(content: bytes, folder: Path) -> list[str]:
    """Return the output lines of `pdfsig` (poppler) on a PDF."""
    program = shutil.which("pdfsig")
    if program is None:
        pytest.skip("pdfsig (poppler-utils) n’est pas installé")
    (folder / "document.pdf").write_bytes(content)
    command = [program, str(folder / "document.pdf")]
    home = {"HOME": str(folder)}  # ignore the certificates in the browser of the developer
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=home)
    return [line.strip(" -\t") for line in done.stdout.splitlines()]


def test_the_signature_of_a_sealed_pdf_is_valid_covers_it_all_and_forbids_changes(sealed, key):
    status = status_of(sealed.content, key)
    assert (status.bottom_line, status.intact, status.valid, status.trusted) == (True,) * 4
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    assert status.modification_level == ModificationLevel.NONE
    assert status.docmdp_ok is True
    [signature] = PdfFileReader(BytesIO(sealed.content)).embedded_signatures
    assert signature.docmdp_level == MDPPerm.NO_CHANGES
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert sealed.certificate == key.fingerprint


def test_a_sealed_pdf_is_signed_at_the_moment_of_issue(sealed, key):
    assert status_of(sealed.content, key).signer_reported_dt == AT


@pytest.mark.parametrize("where", [b"Convention", b"/Reason", b"stream"])
def test_changing_one_byte_of_a_sealed_pdf_invalidates_its_signature(sealed, key, where):
    changed = bytearray(sealed.content)
    changed[sealed.content.index(where) + 3] ^= 1
    [signature] = PdfFileReader(BytesIO(bytes(changed)), strict=False).embedded_signatures
    status = validated(signature, signature.signer_cert, skip_diff=True)
    assert (status.intact, status.bottom_line) == (False, False)


def test_an_incremental_update_after_the_seal_is_reported_as_not_allowed(sealed, key):
    writer = IncrementalPdfFileWriter(BytesIO(sealed.content))
    writer.root["/PageLabels"] = TextStringObject("autre")
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    status = status_of(out.getvalue(), key)
    assert (status.intact, status.bottom_line) == (True, False)
    assert status.modification_level == ModificationLevel.OTHER


def test_pdfsig_finds_one_valid_signature_of_the_whole_document(sealed, tmp_path):
    said = pdfsig(sealed.content, tmp_path)
    assert [line for line in said if line.startswith(("Signature Validation", "Total"))] == [
        "Total document signed",
        "Signature Validation: Signature is Valid.",
    ]


def test_pdfsig_detects_one_changed_byte(sealed, tmp_path):
    changed = sealed.content.replace(b"/Reason", b"/Raison", 1)
    said = pdfsig(changed, tmp_path)
    assert "Signature Validation: Digest Mismatch." in said


def test_a_sealed_pdf_begins_with_the_unchanged_bytes_of_the_rendered_pdf(drawn, sealed):
    assert sealed.content.startswith(drawn)


def test_a_sealed_pdf_has_no_syntax_error(sealed):
    with pikepdf.open(BytesIO(sealed.content)) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_sealing_keeps_the_tags_and_the_metadata_of_a_pdf(drawn, sealed):
    before, after = (PdfReader(BytesIO(content)) for content in (drawn, sealed.content))
    for name in ("/StructTreeRoot", "/MarkInfo", "/Lang", "/ViewerPreferences", "/Metadata"):
        assert plain(after.root_object[name]) == plain(before.root_object[name])
    assert after.root_object["/Metadata"].get_data() == before.root_object["/Metadata"].get_data()
    assert dict(after.metadata) == dict(before.metadata)
    pages = zip(before.pages, after.pages, strict=True)
    for old, new in pages:
        assert new.get_contents().get_data() == old.get_contents().get_data()
        assert new["/StructParents"] == old["/StructParents"]
        assert new.extract_text() == old.extract_text()


def plain(value: object, depth: int = 40) -> object:
    """Return a PDF object as plain Python values, without following the parents of tags."""
    value = value.get_object() if hasattr(value, "get_object") else value
    if depth == 0:
        return "..."
    if isinstance(value, dict):
        return {
            key: plain(value[key], depth - 1)
            for key in value
            if key not in ("/P", "/Pg", "/Parent")
        }
    if isinstance(value, list):
        return [plain(each, depth - 1) for each in value]
    return str(value)


def test_the_signature_field_is_outside_the_page_as_pdf_ua_and_pdf_a_require(sealed):
    pdf = PdfReader(BytesIO(sealed.content))
    page = pdf.pages[0]
    [field] = pdf.root_object["/AcroForm"]["/Fields"]
    field = field.get_object()
    assert [each.get_object() for each in page["/Annots"]] == [field]
    assert page["/Tabs"] == "/S"
    assert (field["/F"] & PRINTED, field["/F"] & HIDDEN) == (PRINTED, 0)
    assert field["/TU"] == LABEL
    left, bottom, right, top = (float(each) for each in field["/Rect"])
    assert (left, bottom) == (right, top)
    assert right < float(page.cropbox.left) and top < float(page.cropbox.bottom)
    [reference] = field["/V"]["/Reference"]
    assert set(reference) == {"/Type", "/TransformMethod", "/TransformParams"}
    assert list(pdf.root_object["/Perms"]) == ["/DocMDP"]


def test_a_pdf_can_be_sealed_in_a_thread_that_runs_an_event_loop(drawn, key):
    async def sealing() -> SealedPdf:
        return seal_pdf(drawn, at=AT)

    sealed = apart(lambda: asyncio.run(sealing()))
    assert status_of(sealed.content, key).bottom_line is True


@pytest.mark.django_db
def test_the_saved_digests_are_those_of_the_sealed_bytes(owner, key):
    document = issue(owner)
    content = document.file.read()
    digest = hashlib.sha256(content).hexdigest()
    assert (document.sha256, document.seal.sha256, document.size) == (digest, digest, len(content))
    assert document.seal.certificate == key.fingerprint
    assert document.seal.issuer == "Réseau d’exemple"
    assert status_of(content, key).bottom_line is True


@pytest.mark.django_db
def test_issuing_without_a_usable_key_is_refused_with_a_reason(owner, settings, tmp_path):
    settings.PRODUCTION, settings.SEAL_KEY = True, tmp_path / "absente.pem"
    with pytest.raises(ActionNotAllowed, match="prévenez l’administration"):
        issue(owner)
    assert Document.objects.count() == 0


def test_the_function_draw_returns_the_issuer_name_and_the_digest_of_the_certificate(key):
    drawn = actions.draw(template="document.typ", data=DATA, facts=[], title="Attestation", at=AT)
    assert (drawn.issuer, drawn.certificate) == ("Réseau d’exemple", key.fingerprint)
