"""Signed papers sent as pictures: a sanitized copy is made outside the web process."""

import ast
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import PIL.Image
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

import explor
from explor.journey.releases.models import Release, Signature
from factories import ReleaseFactory, officer_actor, wearing

from .test_signatories import granted, places

pytestmark = pytest.mark.django_db
PLACE = "SecretDeLieu"
ENDS = {"JPEG": ("jpg", "image/jpeg"), "PNG": ("png", "image/png")}
# Modules that read pictures or rewrite PDFs: only the process that sanitizes loads them.
OPENERS = {"PIL", "pikepdf", "cv2", "fitz", "imageio"}


def photograph(kind: str) -> bytes:
    """Return a picture with a location in its metadata and extra bytes after its end."""
    exif = Image.Exif()
    exif[0x010E] = PLACE
    out = BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, kind, exif=exif)
    return out.getvalue() + b"<script>" + PLACE.encode()


def sent(release: Release, kind: str, content: bytes) -> int:
    officer = officer_actor(release.proposal.need.network)
    (place,) = places(release, "association")
    ending, mime = ENDS[kind]
    typed = {
        "version": place.version,
        "name": "Noé Valmy",
        "capacity": "président",
        "file": SimpleUploadedFile(f"signe.{ending}", content, mime),
    }
    url = f"/reseau/{officer.key}/signataires/{place.pk}/papier/"
    return wearing(officer).post(url, typed).status_code


@pytest.mark.parametrize("kind", ENDS)
def test_the_copy_of_a_photographed_paper_is_encoded_again_without_metadata(kind: str) -> None:
    release, content = granted(ReleaseFactory()), photograph(kind)
    assert PLACE.encode() in content
    assert sent(release, kind, content) == 302
    signature = Signature.objects.get(party="association")
    officer = officer_actor(release.proposal.need.network)
    client, page = wearing(officer), f"/reseau/{officer.key}/signatures/{signature.pk}"
    copy = client.get(f"{page}/papier/")
    shown = b"".join(copy.streaming_content)
    assert copy["Content-Type"] == ENDS[kind][1]
    assert PLACE.encode() not in shown
    with Image.open(BytesIO(shown)) as image:
        assert (image.format, image.size, dict(image.getexif())) == (kind, (60, 40), {})
    kept = client.get(f"{page}/original/")
    assert b"".join(kept.streaming_content) == content, "the bytes received are the proof"
    assert kept["Content-Type"] == "application/octet-stream"
    assert kept["Content-Disposition"].startswith("attachment;")


def test_a_picture_of_a_signed_paper_is_not_opened_in_the_web_process() -> None:
    release, content = granted(ReleaseFactory()), photograph("JPEG")
    with patch.object(PIL.Image, "open", side_effect=AssertionError("opened in this process")):
        assert sent(release, "JPEG", content) == 302


@pytest.mark.parametrize(
    "content", [b"\xff\xd8\xff\xe0 broken", b"<svg onload=alert(1)>", b"GIF89a"]
)
def test_a_damaged_picture_of_a_signed_paper_is_refused(content: bytes) -> None:
    release = granted(ReleaseFactory())
    assert sent(release, "JPEG", content) == 422
    assert not Signature.objects.filter(party="association").exists()


def test_only_the_sanitizing_and_resume_code_imports_libraries_that_open_pictures_or_pdf() -> None:
    root = Path(explor.__file__).parent
    loads = set()
    for path in root.rglob("*.py"):
        names = {
            alias.name.partition(".")[0]
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Import)
            for alias in node.names
        } | {
            (node.module or "").partition(".")[0]
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.ImportFrom) and not node.level
        }
        if names & OPENERS:
            loads.add(str(path.relative_to(root).parent))
    assert loads == {"ground/http/_sanitizing", "engines/formats/resumes"}


def test_no_form_or_model_uses_the_image_field_that_opens_pictures_in_the_web_process() -> None:
    """`ImageField` of Django opens what it receives, in the process that receives it."""
    root = Path(explor.__file__).parent
    assert [path for path in root.rglob("*.py") if "ImageField(" in path.read_text()] == []
