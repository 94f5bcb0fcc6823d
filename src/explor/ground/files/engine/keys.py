"""The key with which the installation seals its documents: create, load, describe, set aside."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from django.conf import settings

from explor.ground.audit.engine.keys import write_private

BITS, EXPONENT, SMALLEST = 3072, 65537, 2048
YEARS = 10
LONGEST_NAME = 64  # maximum number of characters of a name in a certificate
PKCS12 = (".p12", ".pfx")

PrivateKey = RSAPrivateKey | EllipticCurvePrivateKey


class SealKeyError(Exception):
    """The key cannot seal: it is missing, unreadable or expired; the French message says why."""


@dataclass(frozen=True, kw_only=True)
class SealKey:
    """A private key, its certificate, and the certificates of the authorities that issued it."""

    private: PrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 digest of the certificate, in hexadecimal."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def expires_at(self) -> datetime:
        return self.certificate.not_valid_after_utc

    @property
    def is_self_signed(self) -> bool:
        return self.certificate.subject == self.certificate.issuer

    @property
    def pem(self) -> str:
        """Return the certificate as PEM text, for import into PDF readers."""
        return self.certificate.public_bytes(Encoding.PEM).decode()

    @property
    def kind(self) -> str:
        """Return the algorithm and the size of the key, for example "RSA, 3072 bits"."""
        name = "RSA" if isinstance(self.private, RSAPrivateKey) else "EC"
        return f"{name}, {self.private.key_size} bits"


def key_path() -> Path:
    """Return the path of the key file, which may not exist."""
    return Path(settings.SEAL_KEY)


def current_key() -> SealKey:
    """Return the key of the installation, reloaded when its file changes.

    Outside production, a missing key in the data folder is created, so that demonstrations and
    tests need no preparation.

    Raises:
        SealKeyError: the key is missing, unreadable or expired, or cannot be created.
    """
    path = key_path()
    if not path.exists() and not settings.PRODUCTION and path.is_relative_to(settings.VAR):
        _create_first(path)
    key = load_key()
    if key.expires_at <= datetime.now(UTC):
        raise SealKeyError(f"le certificat a expiré le {key.expires_at:%d/%m/%Y}")
    return key


def load_key() -> SealKey:
    """Return the key of the installation, expired or not; raise SealKeyError if unreadable."""
    path = key_path()
    try:
        status = path.stat()
        return _load(path, settings.SEAL_PASSPHRASE, (status.st_mtime_ns, status.st_size))
    except OSError as fault:
        raise SealKeyError(f"{path} ne se lit pas ({fault.strerror})") from fault


def create_key(*, years: int = YEARS) -> SealKey:
    """Create a key with a self-signed certificate, in a file that only the current OS user reads.

    Args:
        years: how long the certificate is valid.

    Raises:
        FileExistsError: the file exists; a key is never overwritten.
    """
    private = generate_private_key(public_exponent=EXPONENT, key_size=BITS)
    certificate = _self_signed(private, years)
    secret = settings.SEAL_PASSPHRASE.encode()
    hidden: KeySerializationEncryption = (
        BestAvailableEncryption(secret) if secret else NoEncryption()
    )
    text = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, hidden)
    write_private(key_path(), text + certificate.public_bytes(Encoding.PEM))
    return SealKey(private=private, certificate=certificate)


def set_aside() -> Path | None:
    """Rename the key file after its modification time; return the new path, None if no file."""
    path = key_path()
    if not path.exists():
        return None
    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return path.rename(path.with_name(f"{path.stem}-{changed:%Y%m%d%H%M%S}{path.suffix}"))


def _create_first(path: Path) -> None:
    try:
        create_key()
    except FileExistsError:  # another process has just created the key
        return
    except OSError as fault:
        raise SealKeyError(f"{path} ne s’écrit pas ({fault.strerror})") from fault


def _self_signed(private: RSAPrivateKey, years: int) -> x509.Certificate:
    """Return a self-signed certificate whose key usages let PDF readers accept its signatures."""
    publisher = settings.EXPLOR_PUBLISHER[:LONGEST_NAME]
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, publisher),
            x509.NameAttribute(NameOID.COMMON_NAME, publisher),
        ]
    )
    now, public = datetime.now(UTC), private.public_key()
    usage = dict.fromkeys(
        (
            *("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign"),
            *("crl_sign", "encipher_only", "decipher_only"),
        ),
        False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * years))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .sign(private, hashes.SHA256())
    )


@lru_cache(maxsize=4)
def _load(path: Path, passphrase: str, version: tuple[int, int]) -> SealKey:
    """Read a key file; `version` identifies the file state, so that a replaced key is reloaded.

    Raises:
        SealKeyError: the file holds no usable key with its certificate.
    """
    content, secret = path.read_bytes(), passphrase.encode() or None
    read = _read_pkcs12 if path.suffix.lower() in PKCS12 else _read_pem
    try:
        private, certificates = read(content, secret)
    except (ValueError, TypeError, UnsupportedAlgorithm) as fault:
        raise SealKeyError(
            f"{path} n’est pas lisible, ou sa phrase secrète n’est pas la bonne"
        ) from (fault)
    if not isinstance(private, RSAPrivateKey | EllipticCurvePrivateKey):
        raise SealKeyError(f"{path} : il faut une clé RSA ou EC")
    if isinstance(private, RSAPrivateKey) and private.key_size < SMALLEST:
        raise SealKeyError(f"{path} : la clé RSA est trop courte, il faut {SMALLEST} bits ou plus")
    own = [each for each in certificates if each.public_key() == private.public_key()]
    if not own:
        raise SealKeyError(f"{path} ne contient pas le certificat de sa clé")
    chain = tuple(each for each in certificates if each is not own[0])
    return SealKey(private=private, certificate=own[0], chain=chain)


def _read_pem(content: bytes, secret: bytes | None) -> tuple[object, list[x509.Certificate]]:
    return load_pem_private_key(content, secret), x509.load_pem_x509_certificates(content)


def _read_pkcs12(content: bytes, secret: bytes | None) -> tuple[object, list[x509.Certificate]]:
    private, certificate, others = pkcs12.load_key_and_certificates(content, secret)
    return private, [each for each in (certificate, *others) if each]
