"""Record of a fault found by the IATI check, with its line and its activity in the file."""

from dataclasses import dataclass
from typing import Any, Literal

from lxml import etree

Severity = Literal["error", "warning"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A fault in an IATI file: `message` in French, `line` from 1 (0 when not known).

    `rule` is the identifier of a rule of the standard, « schéma », « code » or « version »;
    `activity` is the identifier of the activity or organisation, blank for the whole file.
    """

    severity: Severity
    rule: str
    message: str
    line: int
    activity: str


def finding(element: "etree._Element", severity: Severity, rule: str, message: str) -> Finding:
    """Return a `Finding` about an XML element, with the identifier of its activity."""
    holder: etree._Element | None = element
    while holder is not None and holder.tag not in ("iati-activity", "iati-organisation"):
        holder = holder.getparent()
    identifier = ""
    if holder is not None:
        number = holder.findtext("iati-identifier") or holder.findtext("organisation-identifier")
        identifier = " ".join((number or "").split())
    line: Any = element.sourceline
    return Finding(
        severity=severity, rule=rule, message=message, line=line or 0, activity=identifier
    )


def select(element: "etree._Element", path: str) -> list[Any]:
    """Return the elements or attributes that an XPath selects in the whole file of an element."""
    selected: Any = element.getroottree().xpath(path)
    return list(selected)
