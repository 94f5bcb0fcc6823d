"""Checks of the DNS records of the domain that sends e-mail: SPF, DKIM, DMARC and MX.

This module can be imported before Django is set up.
"""

from collections.abc import Iterator
from email.utils import parseaddr

from django.conf import settings

from .finding import Finding

EXAMPLES = ("example", "test", "invalid", "localhost")  # reserved domains that nobody owns
LIFETIME = 3.0  # seconds for one DNS query, retries included
DOC = "docs/operations.md, « Messages that arrive »"


class Unknown(Exception):
    """Error of a DNS query without an answer: no network, no resolver or a failing server."""


def findings() -> Iterator[Finding]:
    """Run the DNS checks of the sending domain.

    Yield a single result when the domain is an example, or when the DNS does not answer.
    """
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2].lower()
    what = "domaine des messages"
    if domain.rpartition(".")[2] in EXAMPLES:
        observed, fix = f"{domain} est un exemple", "donnez EXPLOR_MAIL_FROM et EXPLOR_MAIL_DOMAIN"
        yield Finding(what=what, fine=not settings.PRODUCTION, observed=observed, fix=fix)
        return
    try:
        yield from (spf(domain), dkim(domain), dmarc(domain), returns(domain))
    except Unknown as fault:
        yield Finding(
            what=what, fine=True, observed=f"non vérifié : le DNS ne répond pas ({fault})"
        )


def spf(domain: str) -> Finding:
    """Check that the domain has one SPF record, which does not let every server send for it."""
    records = [text for text in texts(domain) if text.lower().split()[:1] == ["v=spf1"]]
    observed = (
        records[0]
        if len(records) == 1
        else f"{len(records)} enregistrements"
        if records
        else "absent"
    )
    closed = len(records) == 1 and not {"all", "+all", "?all"} & set(records[0].lower().split())
    fix = f"publiez un seul TXT à {domain} : v=spf1 puis vos serveurs, puis -all ({DOC})"
    return _finding("SPF", closed, observed, fix)


def dkim(domain: str) -> Finding:
    """Check that a DKIM key of the domain is published, under the selector given in the settings.

    The check passes, unverified, when no selector is set.
    """
    selector = settings.EXPLOR_DKIM_SELECTOR
    if not selector:
        observed = "non vérifié : donnez EXPLOR_DKIM_SELECTOR"
        return Finding(what="DKIM", fine=True, observed=observed)
    where = f"{selector}._domainkey.{domain}"
    keys = [_tags(text).get("p") for text in texts(where)]
    observed = "une clé est publiée" if any(keys) else f"aucune clé à {where}"
    return _finding("DKIM", any(keys), observed, f"publiez la clé de votre serveur d’envoi ({DOC})")


def dmarc(domain: str) -> Finding:
    """Check that the domain, or a parent domain, has a DMARC policy that stops forged messages."""
    names = domain.split(".")
    for start in range(len(names) - 1):
        above = ".".join(names[start:])
        for text in texts(f"_dmarc.{above}"):
            if text.upper().startswith("V=DMARC1"):
                policy = _tags(text).get("p", "").lower()
                fix = f"passez à p=quarantine puis p=reject ({DOC})"
                return _finding("DMARC", policy in ("quarantine", "reject"), text, fix)
    fix = f"publiez un TXT à _dmarc.{domain} : v=DMARC1; p=quarantine; rua=mailto:… ({DOC})"
    return _finding("DMARC", False, "absent", fix)


def returns(domain: str) -> Finding:
    """Check that the domain has an MX record; without this record, bounces cannot be received."""
    servers = lookup(domain, "MX")
    observed = ", ".join(sorted(servers)) or "aucun serveur ne reçoit pour ce domaine"
    fix = f"publiez un MX, et lisez ce qui revient : explor mail bounce ({DOC})"
    return Finding(what="retours", fine=bool(servers), observed=observed, fix=fix, matters=False)


def _finding(what: str, fine: bool, observed: str, fix: str) -> Finding:
    return Finding(what=what, fine=fine, observed=observed, fix=fix, matters=settings.PRODUCTION)


def _tags(text: str) -> dict[str, str]:
    """Parse the tags of a DNS record such as "v=DKIM1; p=...", without spaces."""
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): "".join(value.split()) for name, _, value in pairs}


def texts(name: str) -> list[str]:
    """Return the TXT records of a DNS name, each joined from its parts."""
    return lookup(name, "TXT")


def lookup(name: str, kind: str) -> list[str]:
    """Return the DNS records of type `kind` of a name, [] if it has none.

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
