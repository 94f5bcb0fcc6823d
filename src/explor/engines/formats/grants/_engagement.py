"""Feed of open missions for the State's volunteering platform (API Engagement), in XML.

Source: the feed format published by API Engagement (one `mission` per offer, days as dd/mm/yyyy, at
most 20,000 characters in a description, a closed list of domains).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import format_datetime
from typing import IO

from lxml import etree

from explor.engines.formats.sheets import clean_line, clean_markdown

MAX_DESCRIPTION = 20_000
DOMAINS = frozenset(
    {
        "animaux",
        "autre",
        "batiment-industrie-logistique",
        "benevolat-competences",
        "communication",
        "culture-loisirs",
        "education",
        "emploi",
        "environnement",
        "gestion-finance-droit",
        "humanitaire",
        "memoire-et-citoyennete",
        "numerique",
        "prevention-protection",
        "recherche",
        "sante",
        "service-public-defense-securite",
        "sport",
        "solidarite-insertion",
        "vivre-ensemble",
    }
)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """An open mission. `country` is an ISO code; `city` is a town, never a street, for privacy.

    Raises ValueError for a domain not in `DOMAINS`, or an end before the start.
    """

    id: str
    title: str
    description: str
    url: str
    posted: date
    start: date
    end: date
    country: str
    organisation: str
    organisation_id: str
    city: str = ""
    places: int = 1
    domain: str = "benevolat-competences"
    skills: tuple[str, ...] = ()
    rome: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    siren: str = ""
    rna: str = ""

    def __post_init__(self) -> None:
        if self.domain not in DOMAINS:
            raise ValueError(f"domaine inconnu de l’API Engagement : « {self.domain} »")
        if self.end < self.start:
            raise ValueError("la fin de la mission précède son début")


def write_feed(
    offers: Iterable[Offer], *, publisher: str, url: str, now: datetime, out: IO[bytes]
) -> None:
    """Write the XML feed of the offers to `out`, with only one offer in memory at a time."""
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        with file.element("source"):
            file.write(_element("publisher", publisher))
            file.write(_element("publisherurl", url))
            file.write(_element("lastBuildDate", format_datetime(now)))
            for offer in offers:
                file.write(_mission(offer), pretty_print=True)


def _element(tag: str, text: str) -> "etree._Element":
    element = etree.Element(tag)
    element.text = clean_line(text)
    return element


def _mission(offer: Offer) -> "etree._Element":
    mission = etree.Element("mission")
    values = (
        ("title", offer.title),
        ("clientId", offer.id),
        ("applicationUrl", offer.url),
        ("postedAt", _day(offer.posted)),
        ("startAt", _day(offer.start)),
        ("endAt", _day(offer.end)),
        ("places", str(offer.places)),
        ("domain", offer.domain),
        ("activity", "mission-internationale"),
        ("remote", "no"),
        ("openToMinors", "no"),
        ("tags", ",".join(offer.tags)),
        ("softSkills", ",".join(offer.skills)),
        ("romeSkills", ",".join(offer.rome)),
        ("organizationName", offer.organisation),
        ("organizationClientId", offer.organisation_id),
        ("organizationSiren", offer.siren),
        ("organizationRNA", offer.rna),
    )
    mission.extend(_element(tag, text) for tag, text in values if clean_line(text))
    description = etree.Element("description")
    description.text = (clean_markdown(offer.description) or "")[:MAX_DESCRIPTION]
    mission.insert(2, description)
    mission.append(_addresses(offer))
    return mission


def _addresses(offer: Offer) -> "etree._Element":
    addresses = etree.Element("addresses")
    address = etree.SubElement(addresses, "address")
    if clean_line(offer.city):
        address.append(_element("city", offer.city))
    address.append(_element("country", offer.country))
    return addresses


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")
