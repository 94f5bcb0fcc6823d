#!/bin/sh
# The metadata of a PDF after an invisible signature.
#
# Believed: a signature without appearance, added as an incremental update, leaves what a reader
# sees of the document as it was: its pages, its tags and its metadata.
# True: the incremental writer also rewrites the document information. The producer becomes the
# signing library's own, and the date of modification becomes the time of the machine, whatever time
# the document stated. A file that must say who made it and when (an accessible or an archived PDF)
# no longer does.
#
# Packages: pyHanko 0.38.0, typst 0.15.2 to make a tagged PDF. Seen on 2026-11-29.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install --quiet "pyHanko==0.38.0" "typst==0.15.2"
"$dir/env/bin/python" - "$dir" <<'PYTHON'
import sys
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import typst
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec

folder = Path(sys.argv[1])
issued = "datetime(year: 2026, month: 1, day: 2)"
(folder / "paper.typ").write_text(
    f'#set document(title: "Agreement", date: {issued})\n= Agreement\nText.'
)
drawn = typst.compile(str(folder / "paper.typ"))

key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Example")])
now = datetime.now(UTC)
certificate = (
    x509.CertificateBuilder()
    .subject_name(name)
    .issuer_name(name)
    .public_key(key.public_key())
    .serial_number(1)
    .not_valid_before(now - timedelta(days=1))
    .not_valid_after(now + timedelta(days=1))
    .sign(key, hashes.SHA256())
)
(folder / "key.pem").write_bytes(
    key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
)
(folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
signer = signers.SimpleSigner.load(str(folder / "key.pem"), str(folder / "cert.pem"))

output = BytesIO()
signers.PdfSigner(
    signers.PdfSignatureMetadata(field_name="Seal"),
    signer=signer,
    new_field_spec=SigFieldSpec("Seal"),  # no box: the field is invisible
).sign_pdf(IncrementalPdfFileWriter(BytesIO(drawn)), output=output)
assert output.getvalue().startswith(drawn), "the update is no longer incremental"


def information(pdf):
    info = PdfFileReader(BytesIO(pdf)).trailer["/Info"]
    return {name: str(info[name]) for name in info}


before, after = information(drawn), information(output.getvalue())
changed = {name: after[name] for name in after if after[name] != before.get(name)}
print(f"before: {before}")
print(f"changed by the signature: {changed}")
assert "pyHanko" in changed.get("/Producer", ""), "the producer is left alone now"
assert "/ModDate" in changed, "the date of modification is left alone now"
PYTHON
