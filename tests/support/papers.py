"""Text of the PDF documents that Explor issues."""

from pypdf import PdfReader

from explor.ground.files.models import Document


def text_of(document: Document) -> str:
    """Return the text of all pages of a PDF, one line per line of the page."""
    with document.file.open("rb") as pdf:
        return "\n".join(page.extract_text() for page in PdfReader(pdf).pages)
