"""Results of an IATI activity as a Markdown text: a heading per result, then its indicators."""

from typing import Any

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
    years = [
        (each.get("iso-date") or "")[:4]
        for tag in ("period-start", "period-end")
        if (each := element.find(tag)) is not None
    ]
    when = "-".join(dict.fromkeys(filter(None, years)))
    return f"{f'{when}, ' if when else ''}{', '.join(values)}" if values else ""


def _value(element: Any) -> str:
    value = (element.get("value") or "").strip()
    comment = name_of(element.find("comment")) or ""
    return f"{value} ({comment})" if value and comment else value or comment
