"""Photographs of a sheet: re-encoded, shown, removed, six at most."""

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from explor.ground.files.models import Document
from explor.ground.http.sanitize import sanitize_photo
from explor.journey.sheets import actions
from explor.journey.sheets.models import ProjectSheet
from factories import NetworkFactory, SheetFactory, officer_actor, wearing

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> ProjectSheet:
    return SheetFactory(slug="un-grenier", title="Un grenier")


def picture(**options: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", (2400, 1200), "#446688").save(out, "JPEG", **options)
    return out.getvalue()


def test_a_photograph_is_reencoded_then_shown_until_it_is_removed(row: ProjectSheet) -> None:
    by = officer_actor(row.network)
    exif = Image.Exif()
    exif[0x010E] = "SecretDeLieu"
    content = picture(exif=exif)
    assert b"SecretDeLieu" in content
    bare = Client().get("/projets/un-grenier/")["ETag"]
    photo = actions.add_photo(
        row, by=by, file=sanitize_photo(content), alt="Un grenier ocre", credit="Essai"
    )
    assert (photo.width, photo.height) == (1600, 800)
    changed = Client().get("/projets/un-grenier/", headers={"if-none-match": bare})
    page = " ".join(changed.content.decode().split())
    assert 'alt="Un grenier ocre" width="1600" height="800"' in page
    shown = Client().get(f"/projets/photos/{photo.pk}/")
    data = b"".join(shown.streaming_content)  # type: ignore[attr-defined]
    assert b"SecretDeLieu" not in data
    held = Client().get(f"/projets/photos/{photo.pk}/", headers={"if-none-match": shown["ETag"]})
    assert held.status_code == 304
    removal = f"/reseau/{by.key}/fiches/{row.pk}/photos/{photo.pk}/"
    stranger = officer_actor(NetworkFactory())
    assert wearing(stranger).get(removal.replace(by.key, stranger.key)).status_code == 404
    assert "Un grenier ocre" in wearing(by).get(removal).content.decode()
    actions.withdraw(row, by=by, reason="erreur")
    assert Client().get(f"/projets/photos/{photo.pk}/").status_code == 404
    assert wearing(by).post(removal).status_code == 302
    assert row.photos.count() == 0


def test_a_seventh_photograph_or_a_file_that_is_not_an_image_is_refused(row: ProjectSheet) -> None:
    by = officer_actor(row.network)
    with pytest.raises(Exception, match="n’est pas une image"):
        sanitize_photo(b"<svg/>")
    for _ in range(6):
        actions.add_photo(row, by=by, file=sanitize_photo(picture()), alt="x", credit="y")
    with pytest.raises(Exception, match="au plus 6"):
        actions.add_photo(row, by=by, file=sanitize_photo(picture()), alt="x", credit="y")


def test_uploading_a_pdf_as_a_photograph_of_a_sheet_is_refused(row: ProjectSheet) -> None:
    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    page = wearing(officer_actor(row.network))
    sent = SimpleUploadedFile("vue.pdf", out.getvalue())
    url = f"/reseau/{row.network.slug}/fiches/{row.pk}/photos/"
    response = page.post(url, {"file": sent, "alt": "x", "credit": "y", "consent": "on"})
    assert response.status_code == 422
    assert "Ce fichier n’est pas une image PNG ou JPEG." in response.text
    assert (row.photos.count(), Document.objects.count()) == (0, 0)
