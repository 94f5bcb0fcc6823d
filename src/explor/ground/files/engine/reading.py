"""Find a seal of this installation in an untrusted file, and check that the file is unchanged.

The file is never parsed as a PDF: a few byte patterns are searched, and only the signature is
decoded.
"""

import hashlib
import re
from binascii import unhexlify
from collections.abc import Callable
from itertools import islice

from asn1crypto.cms import CMSAttributes, ContentInfo, SignerInfo
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256

WRITTEN = re.compile(rb"/Contents\s{0,9}(<[0-9A-Fa-f]{512,131072}>)")
MOST_SIGNATURES = 10  # maximum number of signatures read in one file
MOST_CERTIFICATES = 8  # maximum number of certificates read in one signature


def is_intact(content: bytes, is_ours: Callable[[str], bool]) -> bool | None:
    """Return whether a PDF is unchanged since this site sealed it; None if it has no seal.

    Our seal signs every byte of the file except the signature itself.

    Args:
        content: the bytes of the file.
        is_ours: returns True for the SHA-256 digest of a certificate with which we sealed.
    """
    for written in islice(WRITTEN.finditer(content), MOST_SIGNATURES):
        signed = _digest_signed_by_us(written[1][1:-1], is_ours)
        if signed is not None:
            present = hashlib.sha256(content[: written.start(1)])
            present.update(content[written.end(1) :])
            return present.digest() == signed
    return None


def _digest_signed_by_us(written: bytes, is_ours: Callable[[str], bool]) -> bytes | None:
    """Return the digest that our signature signs; None when the signature is not ours.

    All our signatures use SHA-256, with RSA PKCS 1 or ECDSA, so the algorithms named in the file
    are ignored.
    """
    try:
        certificates, signer = _parts(unhexlify(written))
        own = [each for each in certificates if is_ours(hashlib.sha256(each).hexdigest())]
        attributes = signer["signed_attrs"].untag()
        digest = _message_digest(attributes)
        signed, signature = attributes.dump(), signer["signature"].native
    except (ValueError, TypeError, LookupError):  # damaged or forged: not our signature
        return None
    if digest and any(_verifies(each, signature, signed) for each in own):
        return digest
    return None


def _parts(der: bytes) -> tuple[list[bytes], SignerInfo]:
    """Return the certificates, as raw bytes, and the only signer of a CMS signature.

    Raises:
        ValueError, TypeError, LookupError: the bytes are not a signature with one signer.
    """
    content = ContentInfo.load(der)
    if content["content_type"].native != "signed_data":
        raise ValueError("no signature")
    [signer] = content["content"]["signer_infos"]
    certificates = [
        each.chosen.dump()
        for each in content["content"]["certificates"]
        if each.name == "certificate"
    ]
    return certificates[:MOST_CERTIFICATES], signer


def _message_digest(attributes: CMSAttributes) -> bytes | None:
    for attribute in attributes:
        if attribute["type"].native == "message_digest":
            digest: bytes = attribute["values"][0].native
            return digest
    return None


def _verifies(certificate: bytes, signature: bytes, signed: bytes) -> bool:
    public = x509.load_der_x509_certificate(certificate).public_key()
    try:
        if isinstance(public, RSAPublicKey):
            public.verify(signature, signed, PKCS1v15(), SHA256())
        elif isinstance(public, EllipticCurvePublicKey):
            public.verify(signature, signed, ECDSA(SHA256()))
        else:
            return False
    except InvalidSignature:
        return False
    return True
