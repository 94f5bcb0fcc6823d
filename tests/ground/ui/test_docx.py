"""Word documents written from titles, names and values."""

import re
from io import BytesIO
from zipfile import ZipFile

from explor.ground.ui.docx import document

PARAGRAPH = re.compile(r'<w:pStyle w:val="(\w+)"/>.*?<w:t[^>]*>(.*?)</w:t>')


def paragraphs(content: bytes) -> list[tuple[str, str]]:
    """Return the (style, text) pairs of the paragraphs of a document."""
    text = ZipFile(BytesIO(content)).read("word/document.xml").decode()
    return PARAGRAPH.findall(text)


def test_a_value_without_a_name_has_no_heading_in_a_word_document():
    parts = [("1. La durée", [("", "Dix jours."), ("Texte", "Code du travail")])]
    assert paragraphs(document(title="Accord", lead="Exemple", parts=parts)) == [
        ("Title", "Accord"),
        ("Normal", "Exemple"),
        ("Heading1", "1. La durée"),
        ("Normal", "Dix jours."),
        ("Heading2", "Texte"),
        ("Normal", "Code du travail"),
    ]
