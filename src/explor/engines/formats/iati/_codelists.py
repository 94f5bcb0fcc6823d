"""Check of the codes of an IATI file against the standard's codelists, in the user's folder."""

from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from ._findings import Finding, Severity, finding, select

_DAC = "[not(@vocabulary) or @vocabulary='' or @vocabulary='1']"
# Where each codelist applies: each attribute that the XPath selects must be one of its codes.
PLACES = (
    ("ActivityStatus", "//activity-status/@code"),
    ("ActivityDateType", "//activity-date/@type"),
    ("ActivityScope", "//activity-scope/@code"),
    ("AidType", f"//default-aid-type{_DAC}/@code | //aid-type{_DAC}/@code"),
    ("BudgetStatus", "//budget/@status"),
    ("BudgetType", "//budget/@type"),
    ("CollaborationType", "//collaboration-type/@code"),
    ("Country", "//recipient-country/@code"),
    ("Currency", "//@default-currency | //value/@currency"),
    ("DescriptionType", "//iati-activity/description/@type"),
    ("DocumentCategory", "//document-link/category/@code"),
    ("FinanceType", "//default-finance-type/@code | //finance-type/@code"),
    ("FlowType", "//default-flow-type/@code | //flow-type/@code"),
    ("GeographicExactness", "//location/exactness/@code"),
    ("IndicatorMeasure", "//indicator/@measure"),
    ("OrganisationRole", "//participating-org/@role"),
    ("OrganisationType", "//participating-org/@type | //reporting-org/@type"),
    ("PolicySignificance", "//policy-marker/@significance"),
    ("Region", "//recipient-region[not(@vocabulary) or @vocabulary='1']/@code"),
    ("RelatedActivityType", "//related-activity/@type"),
    ("ResultType", "//result/@type"),
    ("Sector", f"//sector{_DAC}/@code"),
    ("SectorCategory", "//sector[@vocabulary='2']/@code"),
    ("SectorVocabulary", "//sector/@vocabulary"),
    ("TagVocabulary", "//tag/@vocabulary"),
    ("TiedStatus", "//default-tied-status/@code | //tied-status/@code"),
    ("TransactionType", "//transaction-type/@code"),
    ("UNSDG-Goals", "//tag[@vocabulary='2']/@code | //sector[@vocabulary='7']/@code"),
    ("UNSDG-Targets", "//tag[@vocabulary='3']/@code | //sector[@vocabulary='8']/@code"),
)
_PARSER = etree.XMLParser(no_network=True, resolve_entities=False)
AGENCIES = "OrganisationRegistrationAgency"


@dataclass(frozen=True, kw_only=True)
class Codelist:
    """A codelist: `codes` maps each code to whether it is still active (otherwise withdrawn).

    A list that is not `complete` allows other codes.
    """

    codes: dict[str, bool]
    complete: bool


def load_codes(schemas: Path) -> dict[str, Codelist]:
    """Return the codelists by name, from a folder `iati-codelists` inside `schemas` or next to it.

    A list whose file is absent is omitted; the dict is empty without that folder.
    """
    places = (schemas / "iati-codelists", schemas.parent / "iati-codelists")
    folder = next((place for place in places if place.is_dir()), None)
    if folder is None:
        return {}
    names = [name for name, _ in PLACES] + [AGENCIES]
    files = {name: folder / f"{name}.xml" for name in names}
    return {name: _load(path) for name, path in files.items() if path.exists()}


def _load(path: Path) -> Codelist:
    root = etree.parse(str(path), _PARSER).getroot()
    codes = {
        item.findtext("code", ""): item.get("status", "active") == "active"
        for item in root.iter("codelist-item")
    }
    return Codelist(codes=codes, complete=root.get("complete") == "1")


def code_findings(tree: "etree._Element", codelists: dict[str, Codelist]) -> list[Finding]:
    """Return a fault for each code of the file that is unknown in its codelist, or withdrawn.

    An unknown code is an error, or a warning when its codelist is incomplete; a withdrawn code is a
    warning. A code whose codelist is not in `codelists` is not checked.
    """
    findings = []
    for name, path in PLACES:
        codelist = codelists.get(name)
        if codelist is None:
            continue
        for code in select(tree, path):
            if message := _fault(code, name, codelist):
                known = code in codelist.codes
                severity: Severity = "warning" if known or not codelist.complete else "error"
                findings.append(finding(code.getparent(), severity, "code", message))
    return [*findings, *_agencies(tree, codelists)]


def _fault(code: str, name: str, codelist: Codelist) -> str | None:
    active = codelist.codes.get(code)
    if active is None:
        return f"Code inconnu « {code[:40]} » dans la liste {name}."
    return None if active else f"Code retiré « {code} » dans la liste {name}."


def _agencies(tree: "etree._Element", codelists: dict[str, Codelist]) -> list[Finding]:
    """Return a warning for each publisher whose identifier begins with no known register.

    These are rules 1.14.8 (activities) and 1.18.8 (organisations) of the standard.
    """
    if AGENCIES not in codelists:
        return []
    prefixes = tuple(f"{code}-" for code in codelists[AGENCIES].codes)
    rule = "1.14.8" if tree.tag == "iati-activities" else "1.18.8"
    message = "L’identifiant de l’organisation déclarante ne commence par aucun registre connu."
    return [
        finding(element, "warning", rule, message)
        for element in tree.iter("reporting-org")
        if not element.get("ref", "").startswith(prefixes)
    ]
