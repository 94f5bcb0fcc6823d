"""Seal a PDF with the key of the installation: a PAdES signature that no page shows."""

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
# Space kept for the signature itself, in bytes, beside that of the certificates.
SIGNATURE_ROOM = 2048


@dataclass(frozen=True, kw_only=True)
class SealedPdf:
    """A sealed PDF, and the SHA-256 digest of the certificate of its seal."""

    content: bytes
    certificate: str


def seal_pdf(pdf: bytes, *, at: datetime) -> SealedPdf:
    """Certify a PDF so that no change is allowed, and date the signature of the moment `at`.

    The field of the signature lies outside the page: the tags that describe the page to those who
    do not see it stay as they are, and PDF/UA asks for none for such a field.

    Raises:
        KeyFault: the key of the installation cannot seal.
    """
    key = current_key()
    writer = _Writer(BytesIO(pdf))
    # PDF/UA wants the order of the tabs of each page with an annotation to be that of the tags.
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
    """A writer that leaves the metadata alone: they hold the moment of issue and the PDF/UA mark.

    The one of pyHanko writes the time of this machine and its own name there.
    """

    def _update_meta(self) -> None:
        """Change nothing."""


def _signature(signer: Signer, digest: bytes) -> ContentInfo:
    """Return the signature of a digest.

    pyHanko needs an event loop, and the calling thread may already run one.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        signing = signer.async_sign(digest, DIGEST, use_pades=True)
        return thread.submit(asyncio.run, signing).result()


class _Signer(Signer):
    """A signer that keeps its key at hand: that of pyHanko checks it again at each signature.

    The check of an RSA key takes a hundred times longer than the signature.
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
    """Return how many hexadecimal digits to keep for the signature and its certificates."""
    certificates = (key.certificate, *key.chain)
    size = sum(len(translate_pyca_cryptography_cert_to_asn1(each).dump()) for each in certificates)
    return 2 * (size + SIGNATURE_ROOM)
