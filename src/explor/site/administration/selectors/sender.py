"""Checks of what the domain that messages come from publishes in the DNS: SPF, DKIM, DMARC, MX.

This module can be imported before Django is set up.
"""

from collections.abc import Iterator
from email.utils import parseaddr

from django.conf import settings

from .finding import Finding

EXAMPLES = ("example", "test", "invalid", "localhost")  # domains that exist for nobody
LIFETIME = 3.0  # seconds of one question, retries included
DOC = "docs/operations.md, « Messages that arrive »"


class Unknown(Exception):
    """Error of a question that got no answer: no network, no resolver, a failing server."""


def findings() -> Iterator[Finding]:
    """Run the checks of the sending domain; yield their results, one when nothing is known."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2].lower()
    what = "domaine des messages"
    if domain.rpartition(".")[2] in EXAMPLES:
        said, mend = f"{domain} est un exemple", "donnez EXPLOR_MAIL_FROM et EXPLOR_MAIL_DOMAIN"
        yield Finding(what=what, fine=not settings.PRODUCTION, said=said, mend=mend)
        return
    try:
        yield from (spf(domain), dkim(domain), dmarc(domain), returns(domain))
    except Unknown as fault:
        yield Finding(what=what, fine=True, said=f"non vérifié : le DNS ne répond pas ({fault})")


def spf(domain: str) -> Finding:
    """Check that the domain names, once, the servers that may send for it."""
    records = [text for text in texts(domain) if text.lower().split()[:1] == ["v=spf1"]]
    said = (
        records[0]
        if len(records) == 1
        else f"{len(records)} enregistrements"
        if records
        else "absent"
    )
    closed = len(records) == 1 and not {"all", "+all", "?all"} & set(records[0].lower().split())
    mend = f"publiez un seul TXT à {domain} : v=spf1 puis vos serveurs, puis -all ({DOC})"
    return _finding("SPF", closed, said, mend)


def dkim(domain: str) -> Finding:
    """Check the key that signs the messages; only the one who set it up knows its selector."""
    selector = settings.EXPLOR_DKIM_SELECTOR
    if not selector:
        said = "non vérifié : donnez EXPLOR_DKIM_SELECTOR"
        return Finding(what="DKIM", fine=True, said=said)
    where = f"{selector}._domainkey.{domain}"
    keys = [_tags(text).get("p") for text in texts(where)]
    said = "une clé est publiée" if any(keys) else f"aucune clé à {where}"
    return _finding("DKIM", any(keys), said, f"publiez la clé de votre serveur d’envoi ({DOC})")


def dmarc(domain: str) -> Finding:
    """Check that the domain, or one above it, says what becomes of a forged message."""
    names = domain.split(".")
    for start in range(len(names) - 1):
        above = ".".join(names[start:])
        for text in texts(f"_dmarc.{above}"):
            if text.upper().startswith("V=DMARC1"):
                policy = _tags(text).get("p", "").lower()
                mend = f"passez à p=quarantine puis p=reject ({DOC})"
                return _finding("DMARC", policy in ("quarantine", "reject"), text, mend)
    mend = f"publiez un TXT à _dmarc.{domain} : v=DMARC1; p=quarantine; rua=mailto:… ({DOC})"
    return _finding("DMARC", False, "absent", mend)


def returns(domain: str) -> Finding:
    """Check that the domain receives mail, without which no message given back is ever known."""
    servers = lookup(domain, "MX")
    said = ", ".join(sorted(servers)) or "aucun serveur ne reçoit pour ce domaine"
    mend = f"publiez un MX, et lisez ce qui revient : explor mail bounce ({DOC})"
    return Finding(what="retours", fine=bool(servers), said=said, mend=mend, matters=False)


def _finding(what: str, fine: bool, said: str, mend: str) -> Finding:
    return Finding(what=what, fine=fine, said=said, mend=mend, matters=settings.PRODUCTION)


def _tags(text: str) -> dict[str, str]:
    """Return the tags of a record as "v=DKIM1; p=...", without spaces."""
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): "".join(value.split()) for name, _, value in pairs}


def texts(name: str) -> list[str]:
    """Return the texts published at a name, each joined from its pieces."""
    return lookup(name, "TXT")


def lookup(name: str, kind: str) -> list[str]:
    """Return the answers of the DNS at a name, [] when it has none.

    Raises:
        Unknown: the DNS did not answer.
    """
    import dns.exception
    import dns.resolver

    try:
        answer = dns.resolver.resolve(name, kind, lifetime=LIFETIME)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError) as fault:
        raise Unknown(type(fault).__name__) from fault
    if kind == "TXT":
        return [b"".join(each.strings).decode(errors="replace") for each in answer]
    return [str(each.exchange).rstrip(".") for each in answer if str(each.exchange) != "."]
