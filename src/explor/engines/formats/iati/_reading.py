"""Draft sheets from a partner's IATI file: one per activity, with notes on what is uncertain.

The language of a text is guessed from its words, not from its tag, since many files tag French
texts as English.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from io import BytesIO
from itertools import pairwise
from typing import Any

from lxml import etree

from explor.engines.formats.sheets import (
    LABELS,
    FieldReport,
    Goal,
    LeadOrganisation,
    Link,
    Money,
    Note,
    Outcome,
    PartialDate,
    Reading,
    Sheet,
    Status,
    UnreadableSheet,
    clean_line,
    is_safe_url,
)

MAX_BYTES = 50_000_000
MAX_ACTIVITY = 3_000_000  # bytes: an activity in memory takes some ten times as much
CLOSED = re.compile(rb"</iati-activity\s*>|<iati-activity[^<>]*/>")
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FRENCH = frozenset("le la les des une dans pour est sont avec sur aux du et au ce cette".split())
ENGLISH = frozenset("the of and to in for is are with on by this that from will an at".split())
STATUSES = {"1": Status.UPCOMING, "2": Status.ONGOING, "3": Status.ONGOING, "4": Status.FINISHED}
START, END = ("2", "1", "start-actual", "start-planned"), ("4", "3", "end-actual", "end-planned")
FUNDER, ACCOUNTABLE, IMPLEMENTING = ("1", "Funding"), ("2", "Accountable"), ("4", "Implementing")
DESCRIPTIONS = {"1": "context", "2": "objectives", "3": "audiences", "4": "results"}
DECLARED = "Le fichier déclare un type de document (DOCTYPE) : refusé."
# French names of fields, where they differ from the labels of a sheet.
OWN_LABELS = {
    "goals": "Objectifs de développement durable",
    "lead_organisation.name": "Porteur du projet",
    "links": "Liens",
}


def read_activities(data: bytes) -> Iterator[Reading]:
    """Yield one `Reading` per activity of an IATI file.

    Raises UnreadableSheet for a file that is too large or not IATI, and, after the activities
    already read, for a file that is cut short.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableSheet(f"Le fichier dépasse {MAX_BYTES // 1_000_000} Mo.")
    if b"<!DOCTYPE" in data[:10_000].upper() or b"<!ENTITY" in data.upper():
        raise UnreadableSheet(DECLARED)
    if _heaviest(data) > MAX_ACTIVITY:
        raise UnreadableSheet(
            f"Une activité de ce fichier dépasse {MAX_ACTIVITY // 1_000_000} Mo : refusé."
        )
    parsed = etree.iterparse(
        BytesIO(data), events=("end",), tag="iati-activity", resolve_entities=False,
        no_network=True, huge_tree=False,
    )  # fmt: skip
    count = 0
    try:
        for _, activity in parsed:
            if activity.getroottree().docinfo.doctype:  # in UTF-16, unseen by the check of bytes
                raise UnreadableSheet(DECLARED)
            count += 1
            yield _reading(activity)
            activity.clear()
            while activity.getprevious() is not None:
                del activity.getparent()[0]
    except etree.XMLSyntaxError as fault:
        if not count:
            raise UnreadableSheet(f"Ce fichier n’est pas du XML lisible : {fault}.") from fault
        raise UnreadableSheet(
            f"Le fichier s’interrompt après {count} activité(s) : {fault}."
        ) from fault
    if not count:
        raise UnreadableSheet("Aucune activité IATI dans ce fichier.")


def _heaviest(data: bytes) -> int:
    """Return the size in bytes of the largest activity of an IATI file, with the text before it."""
    ends = [0, *(match.end() for match in CLOSED.finditer(data)), len(data)]
    return max(end - start for start, end in pairwise(ends))


def _reading(activity: Any) -> Reading:
    line = activity.sourceline
    notes: list[str] = []
    values: dict[str, Any] = {
        "title": _narrative(activity.find("title"), "titre", notes),
        "status": STATUSES.get(_code(activity.find("activity-status"))),
        "start": _date(activity, START, notes),
        "end": _date(activity, END, notes),
        "locality": _locality(activity),
        "zones": tuple(filter(None, (_named(e) for e in activity.iter("recipient-region")))),
        "countries": tuple(_country(each) for each in activity.findall("recipient-country")),
        "budget": _budget(activity, notes),
        "other_funders": _organisations(activity, FUNDER),
        "sectors": _sectors(activity),
        "goals": _goals(activity, notes),
        "links": _links(activity, notes),
        "local_partners": "\n".join(f"- {n}" for n in _organisations(activity, IMPLEMENTING)),
        **_descriptions(activity, notes),
    }
    notes += _percentages(activity)
    if "\ufffd" in "".join(activity.itertext()):
        notes.append("Caractère illisible « \ufffd » : des accents ont été abîmés.")
    reporter = activity.find("reporting-org")
    lead_organisations = _organisations(activity, ACCOUNTABLE)
    name = (
        lead_organisations[0]
        if lead_organisations
        else (_own_text(reporter) if reporter is not None else None)
    )
    sheet = Sheet(lead_organisation=LeadOrganisation(name=name), **values)
    reports = [_report(field, getattr(sheet, field), line) for field in values]
    reports.append(_report("lead_organisation.name", sheet.lead_organisation.name, line))
    return Reading(
        sheet=sheet,
        fields=tuple(reports),
        notes=tuple(Note(text=text, line=line) for text in dict.fromkeys(notes)),
    )


def _report(field: str, value: Any, line: int) -> FieldReport:
    outcome: Outcome = "understood" if value else "absent"
    shown = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value or "")
    label = OWN_LABELS.get(field) or LABELS[field].replace("'", "’")
    return FieldReport(field=field, label=label, outcome=outcome, text=shown[:500], line=line)


def _narrative(element: Any, what: str, notes: list[str]) -> str | None:
    """Return the French text of an element, or else its first text, or None when it has no text.

    Adds a French note to `notes` for a text tagged with the wrong language; `what` is the name of
    the element in that note.
    """
    if element is None:
        return None
    texts = [
        (str(each.get(LANG) or "").lower()[:2], text)
        for each in element.iter("narrative")
        if (text := clean_line("".join(each.itertext())))
    ] or [("", clean_line("".join(element.itertext())) or "")]
    for tag, text in texts:
        spoken = language_of(text)
        if tag and spoken and tag in ("fr", "en") and spoken != tag:
            names = {"fr": "français", "en": "anglais"}
            notes.append(f"Le {what} est en {names[spoken]}, mais marqué comme {names[tag]}.")
    french = next((text for tag, text in texts if language_of(text) == "fr"), None)
    return french or next((text for tag, text in texts if tag == "fr"), texts[0][1]) or None


def language_of(text: str) -> str:
    """Return "fr" or "en", whichever has more of its frequent words in a text, "" when unclear."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    french, english = (sum(w in known for w in words) for known in (FRENCH, ENGLISH))
    return "" if abs(french - english) < 2 else ("fr" if french > english else "en")


def _descriptions(activity: Any, notes: list[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for each in activity.findall("description"):
        field = DESCRIPTIONS.get(each.get("type") or "1", "context")
        if text := _narrative(each, "texte de description", notes):
            values[field] = f"{values[field]}\n\n{text}" if field in values else text
    return values


def _date(activity: Any, kinds: tuple[str, ...], notes: list[str]) -> PartialDate | None:
    dates = {each.get("type"): each.get("iso-date") for each in activity.findall("activity-date")}
    for kind in kinds:
        if text := dates.get(kind):
            try:
                return PartialDate.parse(text[:10])
            except ValueError as fault:
                notes.append(str(fault))
    return None


def _budget(activity: Any, notes: list[str]) -> Money | None:
    default = activity.get("default-currency") or ""
    amounts: dict[str, Decimal] = {}
    for value in activity.iterfind("budget/value"):
        currency = value.get("currency") or default
        try:
            amounts[currency] = amounts.get(currency, Decimal(0)) + Decimal(
                (value.text or "").strip().replace(",", "")
            )
        except InvalidOperation:
            notes.append(f"Montant de budget incompris : « {(value.text or '').strip()[:40]} ».")
    if len(amounts) > 1:
        notes.append(f"Budget en plusieurs monnaies ({', '.join(amounts)}) : non repris.")
    if len(amounts) != 1:
        return None
    (currency, amount), *_ = amounts.items()
    try:
        return Money(amount=amount, currency=currency)
    except ValueError as fault:
        notes.append(str(fault))
        return None


def _goals(activity: Any, notes: list[str]) -> tuple[Goal, ...]:
    goals = []
    tags = [*activity.findall("tag"), *activity.findall("sector")]
    for each in tags:
        pair = (each.tag, each.get("vocabulary"))
        if pair in (("tag", "2"), ("sector", "7"), ("tag", "3"), ("sector", "8")):
            number = (each.get("code") or "").partition(".")[0]
            if number.isdigit() and 1 <= int(number) <= 17:
                goals.append(Goal(number=int(number)))
            else:
                notes.append(f"ODD inconnu : « {each.get('code')} ».")
    return tuple(goals)


def _sectors(activity: Any) -> tuple[str, ...]:
    """Return the names of the sectors of an activity, each once.

    A sector without name is shown by its code, as in « CAD 14030 ». Sectors that are Sustainable
    Development Goals are omitted.
    """
    values = [
        _named(each) or f"CAD {each.get('code')}"
        for each in activity.findall("sector")
        if each.get("vocabulary") not in ("7", "8") and (_named(each) or each.get("code"))
    ]
    return tuple(dict.fromkeys(values))


def _percentages(activity: Any) -> list[str]:
    """Return a French note for each set of sectors or places whose percentages do not total 100."""
    shares: dict[tuple[str, str], list[float]] = {}
    for each in activity.iterchildren("sector", "recipient-country", "recipient-region"):
        if share := each.get("percentage"):
            kind = "secteurs" if each.tag == "sector" else "pays et régions"
            vocabulary = (each.get("vocabulary") or "1") if each.tag == "sector" else ""
            try:
                shares.setdefault((kind, vocabulary), []).append(float(share))
            except ValueError:
                shares.setdefault((kind, vocabulary), []).append(float("nan"))
    return [
        f"Les parts des {kind} font {sum(given):g} % au lieu de 100."
        for (kind, _), given in shares.items()
        if not abs(sum(given) - 100) < 0.01
    ]


def _organisations(activity: Any, roles: tuple[str, ...]) -> tuple[str, ...]:
    matching = [o for o in activity.findall("participating-org") if o.get("role") in roles]
    return tuple(dict.fromkeys(filter(None, map(_own_text, matching))))


def _links(activity: Any, notes: list[str]) -> tuple[Link, ...]:
    links = []
    for each in activity.findall("document-link"):
        url = (each.get("url") or "").strip()
        if url.startswith(("http://", "https://")) and is_safe_url(url):
            links.append(Link(label=_named(each.find("title")) or url, url=url))
        elif url:
            notes.append(f"Adresse de document refusée : « {url[:60]} ».")
    return tuple(links[:20])


def _locality(activity: Any) -> str | None:
    names = filter(None, (_named(each.find("name")) for each in activity.findall("location")))
    return ", ".join(dict.fromkeys(names)) or None


def _country(element: Any) -> str:
    return (element.get("code") or "").upper() or _named(element) or ""


def _named(element: Any) -> str | None:
    return _narrative(element, "nom", []) if element is not None else None


def _own_text(element: Any) -> str | None:
    return _named(element) or clean_line(element.get("ref"))


def _code(element: Any) -> str:
    return (element.get("code") or "") if element is not None else ""
