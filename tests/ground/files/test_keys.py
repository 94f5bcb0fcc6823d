"""The key that signs documents: created once, read in the usual formats, strong enough."""

import errno
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader

from explor.ground.files.engine import keys
from explor.ground.files.engine.keys import SealKeyError, create_key, current_key, load_key
from explor.ground.files.engine.sealing import seal_pdf
from explor.ground.ui.pdf import render
from support.papers import validated

from .conftest import AT
from .test_sealing import pdfsig

SECRET = "une phrase secrète"


@pytest.fixture
def path(settings, tmp_path):
    """Configure the path of a key that does not exist, in the data folder, and return the path."""
    settings.VAR, settings.SEAL_KEY = tmp_path, tmp_path / "seal" / "key.pem"
    return settings.SEAL_KEY


@pytest.fixture
def short(monkeypatch):
    """Make new keys 2048 bits long, to speed up the tests."""
    monkeypatch.setattr(keys, "BITS", 2048)


def certificate_of(key, *, issuer=None, name="Réseau d’exemple", ca=False, days=100):
    """Return a certificate of `key`, issued by a (key, name) pair or by itself."""
    by, of = issuer or (key, name)
    now = datetime.now(UTC)
    usage = dict.fromkeys(
        ["key_encipherment", "data_encipherment", "key_agreement", "crl_sign"], False
    )
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, of)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not ca,
                content_commitment=not ca,
                key_cert_sign=ca,
                encipher_only=False,
                decipher_only=False,
                **usage,
            ),
            critical=True,
        )
        .sign(by, hashes.SHA256() if not isinstance(by, ed25519.Ed25519PrivateKey) else None)
    )


def write_pem(path, key, *certificates, secret=""):
    hidden = BestAvailableEncryption(secret.encode()) if secret else NoEncryption()
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, hidden)
        + b"".join(each.public_bytes(Encoding.PEM) for each in certificates)
    )


def test_a_new_signing_key_is_readable_by_this_account_only_and_lasts_ten_years(path, settings):
    settings.EXPLOR_PUBLISHER = "Réseau d’exemple"
    key = create_key()
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [each.name for each in path.parent.iterdir()] == ["key.pem"]
    assert key.kind == "RSA, 3072 bits"
    assert key.certificate.subject.rfc4514_string() == "CN=Réseau d’exemple,O=Réseau d’exemple"
    assert key.is_self_signed
    assert 3648 <= (key.expires_at - datetime.now(UTC)).days <= 3650
    assert load_key().fingerprint == key.fingerprint
    assert load_key().pem == key.pem


def test_an_existing_signing_key_is_never_overwritten(path, short):
    create_key()
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        create_key()
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == ["key.pem"]


def test_a_signing_key_with_a_passphrase_can_be_read_only_with_the_passphrase(
    path, settings, short
):
    settings.SEAL_PASSPHRASE = SECRET
    key = create_key()
    assert b"ENCRYPTED" in path.read_bytes()
    assert load_key().fingerprint == key.fingerprint
    for wrong in ("", "autre phrase"):
        settings.SEAL_PASSPHRASE = wrong
        with pytest.raises(SealKeyError, match="phrase secrète"):
            load_key()


def test_outside_production_a_missing_signing_key_is_created_at_its_first_use(path, short):
    assert current_key().fingerprint == load_key().fingerprint


def test_concurrent_processes_without_signing_key_create_a_single_key(path, short):
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: current_key().fingerprint, range(4)))
    assert set(made) == {load_key().fingerprint}


def test_a_signing_key_that_cannot_be_written_raises_an_error_and_leaves_no_partial_file(
    path, short, monkeypatch
):
    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "hardlink_to", full)
    with pytest.raises(SealKeyError, match="ne s’écrit pas"):
        current_key()
    assert list(path.parent.iterdir()) == []


def test_a_missing_signing_key_is_not_created_in_production_or_outside_the_data_folder(
    path, settings, tmp_path_factory
):
    settings.PRODUCTION = True
    with pytest.raises(SealKeyError, match="No such file"):
        current_key()
    settings.PRODUCTION, settings.SEAL_KEY = False, tmp_path_factory.mktemp("etc") / "key.pem"
    with pytest.raises(SealKeyError, match="No such file"):
        current_key()
    assert (path.exists(), settings.SEAL_KEY.exists()) == (False, False)


def test_setting_a_signing_key_aside_renames_it_so_that_another_can_be_created(path, short):
    first = create_key()
    former = keys.set_aside()
    assert (path.exists(), former.parent, former.suffix) == (False, path.parent, ".pem")
    second = create_key()
    assert second.fingerprint != first.fingerprint
    assert load_key().fingerprint == second.fingerprint
    assert first.pem.encode() in former.read_bytes()


def test_setting_aside_a_missing_signing_key_does_nothing(path):
    assert keys.set_aside() is None


def test_a_pkcs12_key_signs_with_the_certificates_of_its_authorities(settings, tmp_path):
    root, own = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = certificate_of(root, name="Autorité d’exemple", ca=True)
    certificate = certificate_of(own, issuer=(root, "Autorité d’exemple"))
    settings.SEAL_KEY, settings.SEAL_PASSPHRASE = tmp_path / "cle.p12", SECRET
    hidden = BestAvailableEncryption(SECRET.encode())
    settings.SEAL_KEY.write_bytes(
        pkcs12.serialize_key_and_certificates(b"cle", own, certificate, [authority], hidden)
    )
    key = load_key()
    assert (key.kind, key.is_self_signed, key.chain) == ("EC, 256 bits", False, (authority,))
    pdf = render("document.typ", {}, title="Attestation", at=AT)
    sealed = seal_pdf(pdf, at=AT)
    [signature] = PdfFileReader(BytesIO(sealed.content)).embedded_signatures
    [trusted] = signature.other_embedded_certs
    status = validated(signature, trusted)
    assert (status.bottom_line, status.signing_cert.dump()) == (
        True,
        certificate.public_bytes(Encoding.DER),
    )
    assert "Signature Validation: Signature is Valid." in pdfsig(sealed.content, tmp_path)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: rsa.generate_private_key(65537, 1024), "trop courte"),
        (ed25519.Ed25519PrivateKey.generate, "il faut une clé RSA ou EC"),
    ],
)
def test_a_signing_key_that_pdf_readers_would_not_accept_is_refused(path, make, said):
    key = make()
    write_pem(path, key, certificate_of(key))
    with pytest.raises(SealKeyError, match=said):
        load_key()


def test_a_signing_key_without_its_certificate_is_refused(path):
    own, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    write_pem(path, own, certificate_of(other))
    with pytest.raises(SealKeyError, match="ne contient pas le certificat de sa clé"):
        load_key()
    write_pem(path, own)
    with pytest.raises(SealKeyError, match="n’est pas lisible"):
        load_key()


def test_a_file_that_is_not_a_signing_key_is_refused(path):
    path.parent.mkdir()
    path.write_text("rien")
    with pytest.raises(SealKeyError, match="n’est pas lisible"):
        load_key()


def test_a_signing_key_with_an_expired_certificate_can_be_loaded_but_cannot_seal(path):
    own = ec.generate_private_key(ec.SECP256R1())
    write_pem(path, own, certificate_of(own, days=-1))
    assert load_key().expires_at < datetime.now(UTC)
    with pytest.raises(SealKeyError, match="le certificat a expiré le"):
        current_key()
