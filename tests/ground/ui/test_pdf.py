"""PDF documents: accessible, archivable, reproducible and without active content."""

import sys
import unicodedata
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from explor.ground.ui.pdf import KEPT, proof, render

AT = datetime(2027, 1, 2, 9, 5, tzinfo=UTC)
DATA = {
    "issuer": {"name": "Réseau d’exemple", "lines": ["1 rue de l’Exemple"], "accent": "prune"},
    "kicker": "Document d’exemple",
    "reference": "Convention 2027-004",
    "facts": [["Personne", "Camille Exemple"], ["Départ", date(2027, 3, 1)], ["Visa", None]],
    "sections": [
        {"title": "Objet", "paragraphs": ["Dix jours sur place."], "list": ["un", "deux"]},
        {
            "title": "Budget",
            "table": {"head": ["Poste", "Montant"], "rows": [["Vol", "900 €"]], "numbers": [1]},
        },
    ],
    "signatures": [
        {"party": "Association", "name": "Alix Exemple", "signed": "Signé le 3 mars 2027"},
        {"party": "Employeur", "name": "Dominique Exemple", "role": "directrice"},
    ],
    "verification": proof("ABCD-EFGH-JKMN", "https://explor.example/verifier/ABCDEFGHJKMN/"),
}


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def text_of(data: dict, title: str = "Titre") -> str:
    return read(render("document.typ", data, title=title, at=AT)).pages[0].extract_text()


def test_a_pdf_with_all_optional_data_shows_every_part():
    assert text_of(DATA, "Convention").splitlines() == [
        "Réseau d’exemple",
        "1 rue de l’Exemple",
        "Document d’exemple",
        "Convention",
        "Rubrique Contenu",
        "Personne Camille Exemple",
        "Départ 1er mars 2027",
        "Visa --",
        "Objet",
        "Dix jours sur place.",
        "• un",
        "• deux",
        "Budget",
        "Poste Montant",
        "Vol 900 €",
        "Signatures",
        "Association",
        "Alix Exemple",
        "Signé le 3 mars 2027",
        "Employeur",
        "Dominique Exemple, directrice",
        "Date et signature :",
        "Pour vérifier ce document, scannez ce code ou ouvrez "
        "explor.example/verifier/ABCDEFGHJKMN/, puis ",
        "tapez ABCD-EFGH-JKMN.",
        "Convention 2027-004 · Code de vérification ABCD-EFGH-JKMN Page 1 sur 1",
    ]


def test_a_pdf_is_tagged_titled_and_in_french():
    pdf = read(render("document.typ", DATA, title="Convention", at=AT))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "fr-FR"
    assert pdf.metadata.title == "Convention"
    xmp = root["/Metadata"].get_data()
    assert b"<pdfuaid:part>1<" in xmp
    assert b"<pdfaid:part>2<" in xmp
    assert b"<pdfaid:conformance>A<" in xmp


def test_drawing_a_pdf_with_the_same_data_and_time_gives_the_same_bytes():
    first = render("document.typ", DATA, title="Convention", at=AT)
    assert first == render("document.typ", DATA, title="Convention", at=AT)
    assert first != render("document.typ", DATA, title="Convention", at=AT.replace(year=2028))


def test_a_pdf_is_drawn_without_any_optional_data():
    assert text_of({}) == "--\nTitre\nTitre Page 1 sur 1"


@pytest.mark.parametrize(
    "hostile",
    [
        '#read("/etc/passwd")',
        "$ x $ *gras* _italique_ `code` <label> @ref // commentaire",
        "]); panic(1)",
        '"}, {"title": "autre',
    ],
)
def test_typst_code_in_user_text_is_displayed_and_not_executed(hostile):
    shown = text_of({"sections": [{"paragraphs": [hostile]}]}).splitlines()[2]
    assert shown == hostile


def test_line_breaks_of_a_text_are_kept_in_the_pdf():
    shown = text_of({"sections": [{"paragraphs": ["un\ndeux"]}]})
    assert shown.splitlines()[2:4] == ["un", "deux"]


def test_a_character_missing_from_all_fonts_becomes_a_square():
    shown = text_of({"sections": [{"paragraphs": ["avant 张伟 😀 après\x07\ud800."]}]})
    assert shown.splitlines()[2] == "avant □□ □ après."
    assert "Le signe □ remplace un caractère" in " ".join(shown.split())


def test_a_paper_whose_characters_are_all_drawn_says_nothing_of_them() -> None:
    assert "□" not in text_of({"sections": [{"paragraphs": ["Élan, Ελλάδα, Київ, محمد"]}]})


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("1\ufe0f\u20e3 Objectif 2021", "1 Objectif 2021"),  # a keycap, as telephones write it
        ("a\u20d7 et e\u20dd dans le reste", "a et e dans le reste"),
        ("un \u0670mot", "un mot"),
        ('(\u0670) "\u0670" \\\u0670', '() "" \\'),
        ("pas\u200d😀 là", "pas□ là"),
    ],
)
def test_a_mark_missing_from_all_fonts_changes_no_other_letter(typed: str, drawn: str) -> None:
    """Check that the letter under the mark, drawn everywhere else, is not taken for missing."""
    given = {"facts": [["Enveloppe", "11 100 euros"]], "sections": [{"paragraphs": [typed]}]}
    shown = text_of(given, title="Accord du 1er mars 2021").splitlines()
    assert "Accord du 1er mars 2021" in shown
    assert "Enveloppe 11 100 euros" in shown
    assert drawn in shown


def test_an_arabic_name_with_a_mark_missing_from_all_fonts_keeps_its_letters() -> None:
    shown = text_of({"sections": [{"paragraphs": ["عبد الرح\u0645\u0670ن"]}]})
    assert "□" not in shown
    assert "\u0645" in shown


INVISIBLE = [chr(n) for n in range(sys.maxunicode + 1) if unicodedata.category(chr(n)) == "Cf"]


@pytest.mark.parametrize("marks", [*"\ufeff\ue000\u202e\u00ad\u2060", "".join(INVISIBLE)])
def test_an_invisible_or_private_character_leaves_a_text_readable(marks):
    shown = text_of(
        {"sections": [{"paragraphs": [f"Rives{marks} du Sud"]}]}, title=f"Accord{marks}"
    )
    drawn = shown.translate({ord(c): None for c in KEPT if c != "\n"}).splitlines()
    assert {"Accord", "Rives du Sud"} <= set(drawn)


def test_dates_in_a_pdf_are_written_in_french():
    facts = [["a", date(2027, 8, 21)], ["b", datetime(2027, 7, 1, 22, 30, tzinfo=UTC)]]
    shown = text_of({"facts": facts}).splitlines()
    assert shown[3:5] == ["a 21 août 2027", "b 2 juillet 2027, 00 h 30"]


@pytest.mark.parametrize("name", ["absent.typ", "../../../etc/passwd", "/etc/passwd"])
def test_an_unknown_template_is_an_error(name):
    with pytest.raises(FileNotFoundError):
        render(name, {}, title="x", at=AT)


def test_the_verification_data_of_a_pdf_has_a_qr_code_and_the_url_without_scheme():
    made = proof("ABCD", "http://127.0.0.1:8000/verifier/ABCD/")
    assert made["shown"] == "127.0.0.1:8000/verifier/ABCD/"
    assert made["qr"].startswith("<svg")
