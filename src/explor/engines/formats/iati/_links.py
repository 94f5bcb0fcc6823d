"""Documents and web sites of an IATI activity. Contact details of people are never read."""

from typing import Any

from explor.engines.formats.sheets import Link, is_safe_url

from ._remarks import Remarks
from ._texts import name_of

MOST = 50
RELATED = {
    "1": ("activité mère", "activités mères"),
    "2": ("activité fille", "activités filles"),
    "3": ("activité sœur", "activités sœurs"),
    "4": ("activité cofinancée", "activités cofinancées"),
    "5": ("activité d’un tiers", "activités de tiers"),
}
SITE = "Site web"


def links_of(activity: Any, remarks: Remarks) -> tuple[Link, ...]:
    links: dict[str, Link] = {}
    for each in activity.iter("document-link"):
        _add(links, each.get("url"), name_of(each.find("title")), remarks)
    for path in ("activity-website", "contact-info/website"):
        for each in activity.findall(path):
            _add(links, each.text, SITE, remarks)
    remarks.count("document", "documents", max(0, len(links) - MOST), f"{MOST} sont repris")
    _note_related(activity, remarks)
    return tuple(links.values())[:MOST]


def _add(links: dict[str, Link], text: str | None, label: str | None, remarks: Remarks) -> None:
    url = (text or "").strip()
    if label == SITE and url and "://" not in url and " " not in url and ":" not in url:
        url = f"https://{url}"
    if url.lower().startswith(("http://", "https://")) and is_safe_url(url):
        links.setdefault(url, Link(label=label or url, url=url))
    elif url:
        one, several = "adresse de document refusée", "adresses de document refusées"
        remarks.count(one, several, 1, f"« {url[:60]} »")


def _note_related(activity: Any, remarks: Remarks) -> None:
    """Add a remark with the numbers of contacts and linked activities, which are not imported."""
    contacts = len(activity.findall("contact-info"))
    remarks.count("contact", "contacts", contacts, "les coordonnées ne sont pas publiées")
    for each in activity.findall("related-activity"):
        one, several = RELATED.get(each.get("type"), ("activité liée", "activités liées"))
        remarks.count(one, several, 1, (each.get("ref") or "").strip()[:80])
