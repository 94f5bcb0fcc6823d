"""Text and signature of the PDF documents that Explor issues, as PDF readers find them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from explor.ground.files.models import Document


def text_of(document: Document) -> str:
    """Return the text of all pages of a PDF, with one line of text per line of a page."""
    with document.file.open("rb") as pdf:
        return "\n".join(page.extract_text() for page in PdfReader(pdf).pages)


def validated(signature: Any, trusted: Any, **more: Any) -> PdfSignatureStatus:
    """Validate a signature as a reader of PDF that trusts one certificate.

    The validator of pyHanko runs an event loop, and the tests of the browser leave one in the
    thread of the tests.
    """
    context = ValidationContext(trust_roots=[trusted])
    return apart(lambda: validate_pdf_signature(signature, context, **more))


def apart(act: Callable[[], Any]) -> Any:
    """Call a function in its own thread, and return its result."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(act).result()
