"""Reading the seal of an untrusted file: made by Explor and intact, or changed, or absent."""

import re
import time

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from explor.ground.files.engine.reading import WRITTEN, is_intact
from explor.ground.files.engine.sealing import seal_pdf
from explor.ground.ui.pdf import render

from .conftest import AT


@pytest.fixture(scope="module")
def drawn() -> bytes:
    return render("document.typ", {}, title="Attestation", at=AT)


@pytest.fixture(scope="module")
def sealed(drawn):
    return seal_pdf(drawn, at=AT)


@pytest.fixture(scope="module")
def is_ours(sealed):
    return lambda certificate: certificate == sealed.certificate


def test_a_file_unchanged_since_explor_sealed_it_is_intact(sealed, is_ours):
    assert is_intact(sealed.content, is_ours) is True


@pytest.mark.parametrize(
    "change",
    [
        lambda pdf: pdf.replace(b"Attestation", b"attestation", 1),
        lambda pdf: pdf + b"\n",
        lambda pdf: pdf[:-1],
        lambda pdf: b"%" + pdf,
        lambda pdf: pdf.replace(b"/Reason", b"/Raison", 1),
        lambda pdf: pdf.replace(b"\nendobj", b" \nendobj", 1),
    ],
)
def test_a_file_changed_after_explor_sealed_it_is_not_intact(sealed, is_ours, change):
    assert is_intact(change(sealed.content), is_ours) is False


def test_the_signature_of_one_document_is_not_valid_for_another(sealed, is_ours):
    other = seal_pdf(render("document.typ", {}, title="Convention", at=AT), at=AT)
    moved = WRITTEN.search(sealed.content)[1]
    pasted = WRITTEN.sub(lambda _: b"/Contents " + moved, other.content)
    assert is_intact(pasted, is_ours) is False


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"/Contents <>", b"/Contents <" + b"0" * 600]
)
def test_a_file_without_signature_has_no_seal(content, is_ours):
    assert is_intact(content, is_ours) is None


def test_a_file_sealed_by_another_installation_has_no_seal_of_this_installation(
    drawn, is_ours, another_key, settings
):
    settings.SEAL_KEY = another_key
    assert is_intact(seal_pdf(drawn, at=AT).content, is_ours) is None


def test_a_signature_by_another_key_with_our_certificate_is_not_our_seal(
    sealed, drawn, is_ours, another_key, settings
):
    """A forger can copy our certificate from any document, so the signature must verify too."""
    written = bytes.fromhex(WRITTEN.search(sealed.content)[1][1:-1].decode())
    settings.SEAL_KEY = another_key
    forged = seal_pdf(drawn, at=AT)
    content = bytes.fromhex(WRITTEN.search(forged.content)[1][1:-1].decode())
    signature = content.rstrip(b"\0")[-384:]
    end = len(written.rstrip(b"\0"))
    mixed = written[: end - 384] + signature + written[end:]
    pasted = WRITTEN.sub(lambda _: b"/Contents <" + mixed.hex().encode() + b">", sealed.content)
    assert is_intact(pasted, is_ours) is None


@examples(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), min_size=1, max_size=4))
def test_reading_a_damaged_signature_never_raises(sealed, is_ours, damage):
    place = WRITTEN.search(sealed.content)
    written = bytearray.fromhex(place[1][1:-1].decode())
    length = len(bytes(written).rstrip(b"\0"))
    for where, value in damage:
        written[where % length] = value
    content = sealed.content.replace(place[1], b"<" + bytes(written).hex().encode() + b">")
    assert is_intact(content, is_ours) in (True, False, None)


def test_only_a_limited_number_of_signatures_is_read_in_one_file(sealed, is_ours):
    junk = b"/Contents <" + b"30" * 300 + b">\n"
    assert is_intact(junk * 9 + sealed.content, is_ours) is False
    assert is_intact(junk * 10 + sealed.content, is_ours) is None


def test_searching_a_seal_in_a_large_hostile_file_takes_linear_time(is_ours):
    began = time.process_time()
    assert is_intact(b"/Contents <" * 500_000, is_ours) is None
    assert is_intact(re.sub(b"x", b"/Contents <00", b"x" * 500_000), is_ours) is None
    assert time.process_time() - began < 10
