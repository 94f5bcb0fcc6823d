"""Seal a PDF with the key of the installation: a PAdES signature without a visible mark."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from asn1crypto.cms import ContentInfo
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import SignatureObject, Signer
from pyhanko.sign.signers.cms_embedder import (
    PdfCMSEmbedder,
    SigIOSetup,
    SigMDPSetup,
    SigObjSetup,
)
from pyhanko_certvalidator.registry import SimpleCertificateStore

from .keys import SealKey, current_key

DIGEST = "sha256"
FIELD = "Sceau"
LABEL = "Sceau électronique de l’installation"
REASON = "Document émis par un réseau EXPLOR"
# Space reserved for the signature itself, in bytes, in addition to the certificates.
SIGNATURE_ROOM = 2048


@dataclass(frozen=True, kw_only=True)
class SealedPdf:
    """A sealed PDF, and the SHA-256 digest of the certificate of its seal."""

    content: bytes
    certificate: str


def seal_pdf(pdf: bytes, *, at: datetime) -> SealedPdf:
    """Sign a PDF so that any later change invalidates it; `at` is the signing time.

    The signature field lies outside the page, so that the accessibility tags stay as they are:
    PDF/UA requires no tag for such a field.

    Raises:
        SealKeyError: the key of the installation cannot sign.
    """
    key = current_key()
    writer = _Writer(BytesIO(pdf))
    # PDF/UA requires the tab order of a page with an annotation to follow its tags.
    page, _ = writer.find_page_for_modification(0)  # type: ignore[no-untyped-call]
    page.get_object()["/Tabs"] = pdf_name("/S")
    writer.mark_update(page)
    field = SigFieldSpec(
        FIELD,
        invis_sig_settings=InvisSigSettings(box_out_of_bounds=True),
        readable_field_name=LABEL,
    )
    writing = PdfCMSEmbedder(new_field_spec=field).write_cms(FIELD, writer)
    next(writing)
    writing.send(
        SigObjSetup(
            sig_placeholder=SignatureObject(
                timestamp=at,
                subfilter=SigSeedSubFilter.PADES,
                reason=REASON,
                bytes_reserved=_room(key),
            ),
            mdp_setup=SigMDPSetup(DIGEST, certify=True, docmdp_perms=MDPPerm.NO_CHANGES),
        )
    )
    prepared, output = writing.send(SigIOSetup(DIGEST))
    writing.send(_signature(_Signer(key), prepared.document_digest))
    return SealedPdf(content=output.getvalue(), certificate=key.fingerprint)


class _Writer(IncrementalPdfFileWriter):
    """A PDF writer that keeps the metadata, which hold the issue time and the PDF/UA mark.

    The writer of pyHanko would overwrite them with the present time and its own name.
    """

    def _update_meta(self) -> None:
        """Leave the metadata unchanged."""


def _signature(signer: Signer, digest: bytes) -> ContentInfo:
    """Return the CMS signature of a digest.

    pyHanko needs an event loop, and the calling thread may already run one.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        signing = signer.async_sign(digest, DIGEST, use_pades=True)
        return thread.submit(asyncio.run, signing).result()


class _Signer(Signer):
    """A signer that loads its private key once.

    The signer of pyHanko checks the key at each signature; checking an RSA key takes a hundred
    times longer than signing.
    """

    def __init__(self, key: SealKey) -> None:
        authorities = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        for each in key.chain:
            authorities.register(translate_pyca_cryptography_cert_to_asn1(each))
        super().__init__(
            signing_cert=translate_pyca_cryptography_cert_to_asn1(key.certificate),
            cert_registry=authorities,
        )
        self.private = key.private

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        if isinstance(self.private, RSAPrivateKey):
            return self.private.sign(data, PKCS1v15(), SHA256())
        return self.private.sign(data, ECDSA(SHA256()))


def _room(key: SealKey) -> int:
    """Return how many hexadecimal digits to reserve for the signature and its certificates."""
    certificates = (key.certificate, *key.chain)
    size = sum(len(translate_pyca_cryptography_cert_to_asn1(each).dump()) for each in certificates)
    return 2 * (size + SIGNATURE_ROOM)
