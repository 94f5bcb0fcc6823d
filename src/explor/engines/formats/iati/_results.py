"""Results of an IATI activity as a Markdown text: a heading per result, then its indicators."""

from datetime import date
from typing import Any

from explor.engines.french.dates import day_fr

from ._remarks import Remarks
from ._texts import name_of, paragraphs

MOST = 100


def results_of(activity: Any, remarks: Remarks) -> str:
    every = activity.findall("result")
    remarks.count("résultat", "résultats", max(0, len(every) - MOST), f"{MOST} sont repris")
    return "\n\n".join(filter(None, (_result(each, remarks) for each in every[:MOST])))


def _result(element: Any, remarks: Remarks) -> str:
    title = name_of(element.find("title")) or ""
    text = paragraphs(element.find("description"), "texte de résultat", remarks) or ""
    lines = [line for each in element.findall("indicator") if (line := _indicator(each, title))]
    if not lines:
        begins = text.lstrip("#-* \\").startswith(title)
        return text if begins else "\n\n".join(filter(None, (title, text)))
    heading = f"### {title}" if title else ""
    return "\n\n".join(filter(None, (heading, text, "\n".join(lines))))


def _indicator(element: Any, title: str) -> str:
    """Return the line of an indicator; "" if it only repeats the title of its result."""
    name = name_of(element.find("title")) or ""
    baselines = map(_baseline, element.findall("baseline"))
    details = " ; ".join(filter(None, (*baselines, *map(_period, element.findall("period")))))
    if not details and (not name or name == title):
        return ""
    unit = " %" if element.get("measure") == "2" else ""
    label = f"- {name or 'Indicateur'}{f' (en{unit})' if unit else ''}"
    return f"{label} : {details}" if details else label


def _baseline(element: Any) -> str:
    value = _value(element)
    year = (element.get("year") or (element.get("iso-date") or "")[:4]).strip()
    return f"au départ {value}{f' ({year})' if year else ''}" if value else ""


def _period(element: Any) -> str:
    values = [
        f"{name} {value}"
        for tag, name in (("target", "cible"), ("actual", "réalisé"))
        for each in element.findall(tag)
        if (value := _value(each))
    ]
    when = _when(element)
    return f"{f'{when}, ' if when else ''}{', '.join(values)}" if values else ""


def _when(element: Any) -> str:
    """Return the years of a period, or its first and last days when it is not of full years."""
    start, end = _day(element.find("period-start")), _day(element.find("period-end"))
    if start is None or end is None:
        return f"depuis le {day_fr(start)}" if start else f"jusqu’au {day_fr(end)}" if end else ""
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return "-".join(dict.fromkeys((str(start.year), str(end.year))))
    return f"du {day_fr(start)} au {day_fr(end)}"


def _day(element: Any) -> date | None:
    text = element.get("iso-date", "").strip() if element is not None else ""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _value(element: Any) -> str:
    """Return the value of an element with, in brackets, the group it counts and its comment."""
    value = (element.get("value") or "").strip()
    groups = [(each.get("value") or "").strip() for each in element.findall("dimension")]
    comment = name_of(element.find("comment")) or ""
    detail = ", ".join(filter(None, (*groups, comment)))
    return f"{value} ({detail})" if value and detail else value or comment
