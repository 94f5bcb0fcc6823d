"""The upload field of forms: sanitized files, refused files and no file."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import Form
from PIL import Image

from explor.ground.files.forms import CodeForm, DocumentField, FileForm
from explor.ground.http.sanitize import LIMIT, PAPERS, UNKNOWN


class Upload(Form):
    paper = DocumentField(label="Reçu")


def sent(content: bytes, name: str = "reçu.png") -> Upload:
    return Upload({}, {"paper": SimpleUploadedFile(name, content)})


def test_an_uploaded_picture_is_sanitized():
    out = BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    form = sent(out.getvalue(), "../../nom.exe")
    assert form.is_valid()
    assert form.cleaned_data["paper"].mime == "image/png"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"MZ", UNKNOWN[PAPERS]),
        (b"x" * (LIMIT + 3), "Ce fichier pèse 10,0 Mo : la limite est de 10 Mo."),
    ],
)
def test_an_upload_of_another_type_shows_an_error_on_the_field(content, error):
    assert sent(content).errors == {"paper": [error]}


def test_an_optional_file_field_accepts_no_file():
    class Optional(Form):
        paper = DocumentField(required=False)

    form = Optional({}, {})
    assert form.is_valid()
    assert form.cleaned_data["paper"] is None


@pytest.mark.parametrize(
    ("typed", "valid"),
    [
        ("abcd-efgh-jkmn", True),
        ("ABCDEFGHJKM", False),
        ("ABCDEFGHJKMNP", False),
        ("ABCDEFGHJKM0", False),
        ("", False),
        ("é" * 12, False),
    ],
)
def test_only_a_seal_code_of_the_right_length_and_alphabet_is_accepted(typed, valid):
    assert CodeForm({"code": typed}).is_valid() == valid


@pytest.mark.parametrize(
    ("size", "errors"),
    [
        (1, []),
        (LIMIT, []),
        (
            LIMIT + 1,
            [
                "Ce fichier dépasse 10 Mo : nous ne l’avons pas lu. Les documents émis par Explor "
                "sont bien plus petits ; vérifiez que c’est le bon fichier."
            ],
        ),
        (0, ["Ce fichier est vide."]),
    ],
)
def test_a_file_to_verify_with_more_than_ten_megabytes_is_refused(size, errors):
    form = FileForm({}, {"file": SimpleUploadedFile("document.pdf", b"x" * size)})
    assert form.errors.get("file", []) == errors


def test_a_file_to_verify_is_required():
    assert FileForm({}, {}).errors == {"file": ["Choisissez le fichier à vérifier."]}
