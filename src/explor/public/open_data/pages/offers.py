"""XML feed of the missions to fill, for the volunteering platform of the French State."""

from typing import IO, Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from explor.ground.reference.selectors import label, rome_codes
from explor.journey.shortlists.selectors import missions_to_fill

from .. import engine
from .remarks import Remark

LONGEST = 120  # characters of a search that the public list of missions accepts


def write(out: IO[bytes], remarks: list[Remark]) -> int:
    """Write the feed of missions to fill; return the number of offers."""
    offers = engine.Counted(map(offer_of, missions_to_fill().iterator(chunk_size=500)))
    engine.write_feed(
        offers,
        publisher=settings.EXPLOR_PUBLISHER,
        url=f"{settings.EXPLOR_URL}/",
        now=timezone.now(),
        out=out,
    )
    return offers.count


def offer_of(need: Any) -> engine.Offer:
    """Return the volunteering offer for an announced need, annotated with `free_seats`."""
    association = need.association
    return engine.Offer(
        id=f"besoin-{need.pk}",
        title=need.title,
        description=need.objectives or need.title,
        url=address_of(need),
        posted=timezone.localdate(need.state_since),
        start=need.window_start,
        end=need.window_end,
        places=need.free_seats,
        country=need.country,
        city=need.place,
        organisation=association.name,
        organisation_id=association.slug,
        siren=association.siren,
        rna=association.rna,
        skills=tuple(need.skills),
        rome=rome_codes(need.skills),
        tags=tuple(label("sectors", code) for code in need.sectors),
    )


def address_of(need: Any) -> str:
    """Return the URL of the public list of missions to fill, filtered to show this need."""
    query = urlencode({"q": need.title[:LONGEST], "pays": need.country})
    return f"{settings.EXPLOR_URL}{reverse('shortlists:missions')}?{query}#besoin-{need.pk}"
