"""The catalogue of open data files, in HTML and in DCAT, and which files may not be served."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from explor.public.directory import selectors as directory

from .. import selectors
from ..models import Dataset
from .sets import MIMES, SETS, Set, set_of

LICENCE = ("Licence Ouverte 2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/")
DCAT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# Lists of the Publications Office of the European Union, which DCAT-AP prescribes.
LISTS = "http://publications.europa.eu/resource/authority"
FRENCH = {"@id": f"{LISTS}/language/FRA"}
THEME = {"@id": f"{LISTS}/data-theme/INTR"}  # international issues
HOURLY = {"@id": f"{LISTS}/frequency/HOURLY"}
FORMATS = ("csv", "geojson", "json", "xlsx", "xml")  # those that its list of file types names
MEDIA = "https://www.iana.org/assignments/media-types"


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """A data set with its files that are served; `empty` if a file without rows is not served."""

    set: Set
    files: list[Dataset]
    empty: bool


def shelves() -> list[Shelf]:
    """Return every data set with its files that may be served, in display order."""
    made = {row.name: row for row in selectors.datasets()}
    return [_shelf(each, [made[name] for name in each.files if name in made]) for each in SETS]


def _shelf(each: Set, made: list[Dataset]) -> Shelf:
    given = [row for row in made if not refused(row)]
    return Shelf(set=each, files=given, empty=len(given) < len(made))


def refused(dataset: Dataset) -> bool:
    """Return whether a file may not be served: it has no rows and its standard requires some."""
    return not dataset.rows and set_of(dataset.name).never_empty


def withdrawn_since(dataset: Dataset) -> bool:
    """Return whether a project sheet, or a summary, was withdrawn after the file was written.

    The file may still contain the withdrawn text, and must not be served. `dataset` must come from
    `selectors.dataset`, which annotates it.
    """
    if not set_of(dataset.name).has_sheets:
        return False
    removed: bool = dataset.summary_removed  # type: ignore[attr-defined]
    return removed or directory.withdrawn_since(dataset.index_revision)


def url_of(name: str) -> str:
    """Return the URL of an open data file."""
    return f"{settings.EXPLOR_URL}/donnees/fichiers/{name}"


def dcat() -> dict[str, Any]:
    """Return the catalogue as JSON-LD (DCAT 2, profile DCAT-AP)."""
    home = f"{settings.EXPLOR_URL}/donnees/"
    publisher = {"@type": "foaf:Organization", "foaf:name": settings.EXPLOR_PUBLISHER}
    return {
        "@context": DCAT,
        "@id": home,
        "@type": "dcat:Catalog",
        "dct:title": {"@value": "Explor, données ouvertes", "@language": "fr"},
        "dct:description": {
            "@value": "Projets, missions et associations d’EXPLOR.",
            "@language": "fr",
        },
        "dct:language": FRENCH,
        "dct:publisher": publisher,
        "dct:license": {"@id": LICENCE[1]},
        "foaf:homepage": {"@id": home},
        "dcat:dataset": [
            _dataset(each, home, publisher) for each in shelves() if each.files
        ],
    }  # fmt: skip


def _dataset(shelf: Shelf, home: str, publisher: dict[str, str]) -> dict[str, Any]:
    return {
        "@id": f"{home}#{shelf.set.name}",
        "@type": "dcat:Dataset",
        "dct:identifier": shelf.set.name,
        "dct:title": {"@value": shelf.set.title, "@language": "fr"},
        "dct:description": {"@value": shelf.set.text, "@language": "fr"},
        "dct:language": FRENCH,
        "dct:accrualPeriodicity": HOURLY,
        "dcat:theme": THEME,
        "dcat:contactPoint": _contact(),
        "dct:publisher": publisher,
        "dct:license": {"@id": LICENCE[1]},
        "dct:modified": _instant(max(file.made_at for file in shelf.files)),
        "dcat:landingPage": {"@id": f"{home}#{shelf.set.name}"},
        "dcat:distribution": [_distribution(file) for file in shelf.files],
    }


def _contact() -> dict[str, Any]:
    """Return the contact of the publisher: an e-mail address, or the URL of the legal notice."""
    contact = settings.EXPLOR_CONTACT
    card = {"@type": "vcard:Organization", "vcard:fn": settings.EXPLOR_PUBLISHER}
    if "@" in contact:
        return card | {"vcard:hasEmail": {"@id": f"mailto:{contact}"}}
    return card | {"vcard:hasURL": {"@id": contact}} if contact else card


def _distribution(file: Dataset) -> dict[str, Any]:
    url, form = url_of(file.name), file.name.rpartition(".")[2]
    listed = {"dct:format": {"@id": f"{LISTS}/file-type/{form.upper()}"}} if form in FORMATS else {}
    return listed | {
        "@id": url,
        "@type": "dcat:Distribution",
        "dct:title": file.name,
        "dcat:downloadURL": {"@id": url},
        "dcat:accessURL": {"@id": url},
        "dcat:mediaType": {"@id": f"{MEDIA}/{MIMES[form].partition(';')[0]}"},
        "dcat:byteSize": {"@value": str(file.size), "@type": "xsd:decimal"},
        "dct:modified": _instant(file.made_at),
        "dct:license": {"@id": LICENCE[1]},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"},
        },
    }


def _instant(at: Any) -> dict[str, str]:
    return {"@value": at.isoformat(), "@type": "xsd:dateTime"}
