"""Photographs of a sheet: rewritten by us, with their credit and what they show in words."""

from io import BytesIO

from django.db import transaction
from PIL import Image

from explor.ground.common.actor import Actor
from explor.ground.common.cleaning import Clean, clean
from explor.ground.common.conflict import Refused
from explor.ground.documents import actions as documents
from explor.ground.journal.actions import amend

from ..models import Photo, ProjectSheet

MOST = 6
WIDEST = 1600  # pixels
QUALITY = 80


@transaction.atomic
def add_photo(sheet: ProjectSheet, *, by: Actor, content: bytes, alt: str, credit: str) -> Photo:
    """Keep a picture without its metadata, at a size for the web. `Refused` beyond six."""
    if sheet.photos.count() >= MOST:
        raise Refused(f"Une fiche porte au plus {MOST} photographies. Retirez-en une d’abord.")
    safe = clean(content)
    if not safe.mime.startswith("image/"):
        raise Refused("Ce fichier n’est pas une image PNG ou JPEG.")
    small, width, height = _for_the_web(safe.content)
    document = documents.store(
        file=small, kind="photo", title=alt[:200], owner=sheet, by=by, network=sheet.network_id
    )
    photo = Photo.objects.create(
        sheet=sheet, document=document, alt=alt, credit=credit, width=width, height=height
    )
    amend(sheet, "add_photo", by=by, details={"photo": photo.pk})
    return photo


@transaction.atomic
def remove_photo(photo: Photo, *, by: Actor) -> None:
    """The picture and its file go."""
    amend(photo.sheet, "remove_photo", by=by, details={"photo": photo.pk})
    document = photo.document
    photo.delete()
    documents.discard(document, reason="photographie retirée de la fiche", by=by)


def _for_the_web(content: bytes) -> tuple[Clean, int, int]:
    with Image.open(BytesIO(content)) as picture:
        picture.thumbnail((WIDEST, WIDEST))
        out = BytesIO()
        picture.convert("RGB").save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
        return Clean(content=out.getvalue(), mime="image/jpeg"), picture.width, picture.height
