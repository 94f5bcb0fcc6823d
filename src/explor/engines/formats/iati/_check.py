"""Offline check of an IATI file against the schema, rules and codelists, with French messages.

The schemas and codelists are the standard's own files, in a folder given by the user:
`iati-activities-schema.xsd` and the other schemas, and `iati-codelists/` inside that folder or next
to it. Without a folder only the rules are checked: `Check.schema` and `Check.codelists` are False.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lxml import etree

from ._codelists import code_findings, load_codes
from ._findings import Finding, finding, select
from ._rules import ACTIVITY, ORGANISATION, RULES

MAX_BYTES = 50_000_000
SCHEMAS = {
    "iati-activities": "iati-activities-schema.xsd",
    "iati-organisations": "iati-organisations-schema.xsd",
}


class UnreadableFile(ValueError):
    """Raised for a file on which no check is possible; the message, in French, gives the reason."""


@dataclass(frozen=True, kw_only=True)
class Check:
    """The result of a check: the faults found, and the number of activities in the file.

    `schema` and `codelists`: whether the file was checked against them.
    """

    findings: tuple[Finding, ...]
    activities: int
    schema: bool
    codelists: bool

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def valid(self) -> bool:
        return not self.errors


def check_iati(data: bytes, *, today: date, schemas: Path | None = None) -> Check:
    """Return the result of the check of an IATI file of activities or organisations.

    `today` is the day that the rules on dates compare with; `schemas` is the folder of the
    standard's files. Raises UnreadableFile for a file that is not IATI, FileNotFoundError when
    `schemas` lacks a schema.
    """
    tree = parse_iati(data)
    codes = load_codes(schemas) if schemas else {}
    findings = [*(schema_findings(tree, schemas) if schemas else ())]
    findings += [*_version(tree), *rule_findings(tree, today=today), *code_findings(tree, codes)]
    return Check(
        findings=tuple(findings),
        activities=len(tree.findall("iati-activity")),
        schema=schemas is not None,
        codelists=bool(codes),
    )


def parse_iati(data: bytes) -> "etree._Element":
    """Return the root element of an IATI file, parsed without network access or entities.

    Raises UnreadableFile for a file that is too large, has a document type, or is not well-formed
    IATI.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFile(f"Le fichier dépasse {MAX_BYTES // 1_000_000} Mo.")
    # Only a document type can define entities, and the standard does not need one.
    if re.search(rb"<!\s*(?:DOCTYPE|ENTITY)", data[:100_000], re.IGNORECASE):
        raise UnreadableFile("Le fichier déclare un type de document (DOCTYPE) : refusé.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise UnreadableFile(f"Ce n’est pas du XML bien formé : {str(fault)[:200]}") from fault
    document: Any = root.getroottree().docinfo
    if document.doctype:
        raise UnreadableFile("Le fichier déclare un type de document (DOCTYPE) : refusé.")
    if root.tag not in SCHEMAS:
        raise UnreadableFile(f"Ce n’est pas un fichier IATI (racine « {str(root.tag)[:60]} »).")
    return root


def _version(tree: "etree._Element") -> Iterator[Finding]:
    version = tree.get("version")
    if version not in ("2.01", "2.02", "2.03"):
        yield finding(tree, "error", "version", f"Version IATI inattendue : « {version} ».")


def schema_findings(tree: "etree._Element", schemas: Path) -> list[Finding]:
    """Return a fault for each error of the XML schema; empty when the file is valid.

    Raises FileNotFoundError when the folder `schemas` lacks the schema.
    """
    path = schemas / SCHEMAS[str(tree.tag)]
    if not path.exists():
        raise FileNotFoundError(f"schéma absent : {path.name}")
    parser = etree.XMLParser(no_network=True)
    schema = etree.XMLSchema(etree.parse(str(path), parser))
    if schema.validate(tree):
        return []
    log: Any = schema.error_log
    return [
        Finding(
            severity="error",
            rule="schéma",
            message=schema_message_fr(entry.message),
            line=entry.line,
            activity="",
        )
        for entry in log
    ]


_SCHEMA_PHRASES = (
    (
        r"Element '(.+?)': This element is not expected\. Expected is (?:one of )?\((.+?)\)\.",
        r"« \1 » n’est pas à sa place ; attendu : \2.",
    ),
    (r"Element '(.+?)': This element is not expected\.", r"« \1 » n’est pas attendu ici."),
    (
        r"Element '(.+?)': Missing child element\(s\)\. Expected is (?:one of )?\((.+?)\)\.",
        r"Dans « \1 », il manque : \2.",
    ),
    (
        r"Element '(.+?)': The attribute '(.+?)' is required but missing\.",
        r"« \1 » : l’attribut « \2 » manque.",
    ),
    (
        r"Element '(.+?)', attribute '(.+?)': The attribute '.+?' is not allowed\.",
        r"« \1 » : l’attribut « \2 » n’est pas permis.",
    ),
    (
        r"Element '(.+?)'(?:, attribute '(.+?)')?: '(.*?)' is not a valid value .+",
        r"« \1 » \2 : valeur refusée « \3 ».",
    ),
    (r"Element '(.+?)': (?:Character|Element) content .+", r"« \1 » : contenu non permis."),
)


def schema_message_fr(message: str) -> str:
    """Return a message of the XML validator in French, or unchanged when it has no translation."""
    for pattern, french in _SCHEMA_PHRASES:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return " ".join(match.expand(french).split())
    return message


def rule_findings(tree: "etree._Element", *, today: date) -> list[Finding]:
    """Return a fault for each rule and each element that breaks it, in the order of the rules."""
    number = int(today.strftime("%Y%m%d"))
    findings = []
    for rule in RULES:
        if rule.on.startswith((ACTIVITY, ORGANISATION)) and str(tree.tag) not in rule.on:
            continue
        findings += [
            finding(element, rule.severity, rule.id, rule.message)
            for element in select(tree, rule.on)
            if not rule.test(element, number)
        ]
    return findings
