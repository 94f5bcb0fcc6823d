"""Writing of activities in IATI 2.03: the programme, its projects and, below these, missions.

Each function of `_PARTS` yields one group of elements of an activity, in the order that the schema
imposes.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO
from itertools import chain
from typing import IO

from lxml import etree

from explor.engines.formats.sheets import GOALS, clean_line, clean_markdown
from explor.engines.french.dates import PARIS

from ._measures import Indicator, MeasuredResult, Period, measured, sections_of
from ._records import Activity, Document, Flow, Publisher, shares, yearly

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# The aid is in kind, by experts of the donor country: missions are technical assistance.
DEFAULTS = (
    ("collaboration-type", "1"),
    ("default-flow-type", "10"),
    ("default-finance-type", "110"),
    ("default-aid-type", "D01"),
    ("default-tied-status", "5"),
)


@dataclass(frozen=True, kw_only=True)
class _Issue:
    """The publisher and the date of the file being written."""

    publisher: Publisher
    today: date

    def identifier(self, number: str) -> str:
        return f"{self.publisher.ref}-EXPLOR-{number}"


def write_activities(
    activities: Iterable[Activity], *, publisher: Publisher, now: datetime, out: IO[bytes]
) -> None:
    """Write the IATI file of the activities to `out`, with one activity in memory at a time.

    Raises ValueError for the first activity that the standard refuses (see `Activity.missing`).
    """
    issue = _Issue(publisher=publisher, today=now.date())
    _write("iati-activities", (_activity(each, issue) for each in activities), now, out)


def write_organisation(
    documents: Iterable[Document], *, publisher: Publisher, now: datetime, out: IO[bytes]
) -> None:
    """Write the IATI organisation file of `publisher` to `out`: its identity and its documents.

    The file has no budget: the money is the funders', and each activity states its own budget.
    """
    root = etree.Element("iati-organisation", {"default-currency": "EUR", XML_LANG: "fr"})
    root.append(_element("organisation-identifier", text=publisher.ref))
    root.append(_narrated("name", publisher.name))
    root.append(_reporter(publisher))
    root.extend(map(_document, documents))
    _write("iati-organisations", [root], now, out)


def _write(tag: str, parts: Iterable["etree._Element"], now: datetime, out: IO[bytes]) -> None:
    stamp = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    values = {"version": "2.03", "generated-datetime": stamp}
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        with file.element(tag, values):
            for part in parts:
                file.write(part, pretty_print=True)


def activities_xml(activities: Iterable[Activity], *, publisher: Publisher, now: datetime) -> bytes:
    """Return the IATI file of these activities as bytes (see `write_activities`)."""
    out = BytesIO()
    write_activities(activities, publisher=publisher, now=now, out=out)
    return out.getvalue()


def _activity(activity: Activity, issue: _Issue) -> "etree._Element":
    if missing := activity.missing():
        raise ValueError(f"activité {activity.number} : {', '.join(missing)}")
    root = etree.Element("iati-activity", {"default-currency": "EUR", "humanitarian": "0"})
    root.set(XML_LANG, "fr")
    root.set("hierarchy", str(activity.hierarchy))
    if activity.updated and activity.updated <= issue.today:
        midnight = datetime.combine(activity.updated, time.min, PARIS)
        root.set("last-updated-datetime", midnight.isoformat())
    for part in _PARTS:
        root.extend(part(activity, issue))
    return root


def _element(
    tag: str, *children: "etree._Element", text: str | None = None, **attributes: str | None
) -> "etree._Element":
    """Return an XML element without blank attributes; `_` in an attribute's name stands for `-`."""
    values = {name.replace("_", "-"): value for name, value in attributes.items() if value}
    element = etree.Element(tag, values)
    element.text = text
    element.extend(children)
    return element


def _narrated(tag: str, text: str, **attributes: str | None) -> "etree._Element":
    """Return an element `tag` with a French text in a child element `narrative`."""
    narrative = _element("narrative", text=clean_line(text) or "--")
    return _element(tag, narrative, **attributes)


def _narrative(text: str) -> "etree._Element":
    """Return a `narrative` element that keeps the paragraphs of a text."""
    return _element("narrative", text=clean_markdown(text) or "--")


def _identity(activity: Activity, issue: _Issue) -> Iterator["etree._Element"]:
    yield _element("iati-identifier", text=issue.identifier(activity.number))
    yield _reporter(issue.publisher)
    yield _narrated("title", activity.title)
    texts = (("1", activity.description), ("2", activity.objectives), ("3", activity.audiences))
    for kind, text in texts:
        if clean_line(text):
            yield _element("description", _narrative(text), type=kind)


def _reporter(publisher: Publisher) -> "etree._Element":
    return _narrated("reporting-org", publisher.name, ref=publisher.ref, type=publisher.type)


def _parties(activity: Activity, issue: _Issue) -> Iterator["etree._Element"]:
    for party in activity.parties:
        role = str(int(party.role))
        yield _narrated("participating-org", party.name, ref=party.ref, role=role, type=party.type)


def _life(activity: Activity, issue: _Issue) -> Iterator["etree._Element"]:
    yield _element("activity-status", code=str(int(activity.stage)))
    planned = (
        ("1", activity.start.first_day() if activity.start else None),
        ("3", activity.end.last_day() if activity.end else None),
    )
    happened = [
        (kind, day)
        for kind, day in (("2", activity.started), ("4", activity.ended))
        if day and day <= issue.today
    ]
    for kind, day in sorted([*((k, d) for k, d in planned if d), *happened]):
        yield _element("activity-date", type=kind, iso_date=day.isoformat())


def _places(activity: Activity, issue: _Issue) -> Iterator["etree._Element"]:
    several = len(activity.countries) > 1
    yield _element("activity-scope", code="3" if several else "4")
    for code, share in zip(activity.countries, shares(len(activity.countries)), strict=True):
        yield _element("recipient-country", code=code, percentage=str(share) if several else None)
    for name in activity.localities:
        yield _element("location", _narrated("name", name))


def _themes(activity: Activity, issue: _Issue) -> Iterator["etree._Element"]:
    dac = tuple(dict.fromkeys(theme.dac for theme in activity.themes))
    for code, share in zip(dac, shares(len(dac)), strict=True):
        percentage = str(share) if len(dac) > 1 else None
        yield _element("sector", vocabulary="1", code=code, percentage=percentage)
    own = {theme.code: theme.label for theme in activity.themes}
    for (code, label), share in zip(own.items(), shares(len(own)), strict=True):
        yield _narrated(
            "sector",
            label,
            vocabulary="99",
            vocabulary_uri=issue.publisher.vocabulary_uri,
            code=code,
            percentage=str(share) if len(own) > 1 else None,
        )
    for goal in activity.goals:
        yield _narrated("tag", GOALS[goal.number], vocabulary="2", code=str(goal.number))


def _terms(activity: Activity, issue: _Issue) -> Iterator["etree._Element"]:
    for tag, code in DEFAULTS:
        yield _element(tag, code=code)


def _value(amount: Decimal, currency: str, day: date) -> "etree._Element":
    return _element("value", text=f"{amount:.2f}", currency=currency, value_date=day.isoformat())


def _budget(activity: Activity, issue: _Issue) -> Iterator["etree._Element"]:
    """Yield one budget element per year of the activity; none without an amount and both dates."""
    if not (activity.budget and activity.start and activity.end):
        return
    currency = activity.budget.currency
    first, last = activity.start.first_day(), activity.end.last_day()
    for start, end, amount in yearly(activity.budget, first, last) if first <= last else ():
        yield _element(
            "budget",
            _element("period-start", iso_date=start.isoformat()),
            _element("period-end", iso_date=end.isoformat()),
            _value(amount, currency, start),
            type="1",
            status="1",
        )


def _payments(activity: Activity, issue: _Issue) -> Iterator["etree._Element"]:
    for payment in activity.payments:
        if payment.on > issue.today:
            continue
        parts = [
            _element("transaction-type", code=payment.flow),
            _element("transaction-date", iso_date=payment.on.isoformat()),
            _value(payment.money.amount, payment.money.currency, payment.on),
        ]
        if clean_line(payment.description):
            parts.append(_narrated("description", payment.description))
        if payment.provider:
            parts.append(_narrated("provider-org", payment.provider))
        if payment.receiver:
            parts.append(_narrated("receiver-org", payment.receiver))
        elif payment.flow is Flow.INCOMING:
            reporter = issue.publisher
            parts.append(_narrated("receiver-org", reporter.name, ref=reporter.ref))
        yield _element("transaction", *parts)


def _documents(activity: Activity, issue: _Issue) -> Iterator["etree._Element"]:
    return map(_document, activity.documents)


def _document(document: Document) -> "etree._Element":
    return _element(
        "document-link",
        _narrated("title", document.title),
        _element("category", code=document.category),
        _element("language", code="fr"),
        format=document.format,
        url=document.url,
    )


def _relations(activity: Activity, issue: _Issue) -> Iterator["etree._Element"]:
    if activity.parent:
        yield _element("related-activity", type="1", ref=issue.identifier(activity.parent))
    for child in activity.children:
        yield _element("related-activity", type="2", ref=issue.identifier(child))


def _results(activity: Activity, issue: _Issue) -> Iterator["etree._Element"]:
    """Yield a `result` element per section of the results, with the values that it measures.

    The title of a section without measure is its first line, its description all of it.
    """
    for section in chain.from_iterable(map(sections_of, activity.results)):
        if result := measured(section):
            yield _measured(result)
            continue
        title = clean_line(section.splitlines()[0].lstrip("#-* "))
        if title is None:
            continue
        parts = [_narrated("title", title)]
        if title != section:
            parts.append(_element("description", _narrative(section)))
        # The schema requires an indicator; measure 5 is qualitative and needs no value.
        parts.append(_element("indicator", _narrated("title", title), measure="5"))
        yield _element("result", *parts, type="1")


def _measured(result: MeasuredResult) -> "etree._Element":
    parts = [_narrated("title", result.title)]
    if result.text:
        parts.append(_element("description", _narrative(result.text)))
    return _element("result", *parts, *map(_indicator, result.indicators), type="1")


def _indicator(indicator: Indicator) -> "etree._Element":
    parts = [_narrated("title", indicator.name)]
    if indicator.baseline:
        value, year = indicator.baseline
        parts.append(_element("baseline", value=value, year=year))
    parts += map(_period, indicator.periods)
    return _element("indicator", *parts, measure="2" if indicator.percent else "1")


def _period(period: Period) -> "etree._Element":
    """Return a `period` element: the schema wants its targets before the values reached."""
    return _element(
        "period",
        _element("period-start", iso_date=period.start.isoformat()),
        _element("period-end", iso_date=period.end.isoformat()),
        *(
            _element(
                "actual" if each.reached else "target",
                *([_narrated("comment", each.group)] if each.group else []),
                value=each.value,
            )
            for each in sorted(period.measures, key=lambda each: each.reached)
        ),
    )


_PARTS: tuple[Callable[[Activity, _Issue], Iterator["etree._Element"]], ...] = (
    _identity,
    _parties,
    _life,
    _places,
    _themes,
    _terms,
    _budget,
    _payments,
    _documents,
    _relations,
    _results,
)
