"""Findings of `explor doctor` about the DNS records of the domain that sends the e-mails."""

from typing import Any

import dns.resolver
import pytest

from explor.site.administration.selectors import sender

Answers = dict[tuple[str, str], list[str]]
RIGHT: Answers = {
    ("asso.fr", "TXT"): ["google-site-verification=x", "v=spf1 mx include:envoi.fr -all"],
    ("s1._domainkey.asso.fr", "TXT"): ["v=DKIM1; k=rsa; p=MIIB IjAN"],
    ("_dmarc.asso.fr", "TXT"): ["v=DMARC1; p=reject; rua=mailto:dmarc@asso.fr"],
    ("asso.fr", "MX"): ["mx.asso.fr"],
}


@pytest.fixture
def publish(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that replaces the answers of the DNS, and sends from asso.fr."""
    settings.DEFAULT_FROM_EMAIL = "Explor <ne-pas-repondre@Asso.fr>"
    settings.EXPLOR_DKIM_SELECTOR = "s1"
    settings.PRODUCTION = True

    def replace(answers: Answers) -> None:
        monkeypatch.setattr(sender, "lookup", lambda name, kind: answers.get((name, kind), []))

    return replace


def wrong() -> dict[str, str]:
    return {each.what: each.observed for each in sender.findings() if not each.fine}


def test_a_mail_domain_that_publishes_all_dns_records_has_no_remark(publish: Any) -> None:
    publish(RIGHT)
    assert wrong() == {}
    assert [each.what for each in sender.findings()] == ["SPF", "DKIM", "DMARC", "retours"]


def test_a_mail_domain_without_dns_records_gets_the_list_of_records_to_publish(
    publish: Any,
) -> None:
    publish({})
    assert wrong() == {
        "SPF": "absent",
        "DKIM": "aucune clé à s1._domainkey.asso.fr",
        "DMARC": "absent",
        "retours": "aucun serveur ne reçoit pour ce domaine",
    }
    assert [each.what for each in sender.findings() if not each.fix] == []


@pytest.mark.parametrize(
    ("where", "texts", "what"),
    [
        (("asso.fr", "TXT"), ["v=spf1 -all", "v=spf1 mx -all"], "SPF"),
        (("asso.fr", "TXT"), ["v=spf1 mx +all"], "SPF"),
        (("asso.fr", "TXT"), ["v=spf10 -all"], "SPF"),
        (("s1._domainkey.asso.fr", "TXT"), ["v=DKIM1; p="], "DKIM"),
        (("_dmarc.asso.fr", "TXT"), ["v=DMARC1; p=none"], "DMARC"),
    ],
)
def test_a_dns_record_that_protects_nothing_is_reported(
    publish: Any, where: tuple[str, str], texts: list[str], what: str
) -> None:
    publish({**RIGHT, where: texts})
    assert list(wrong()) == [what]


def test_the_dmarc_policy_of_the_parent_domain_applies_to_its_subdomains(
    publish: Any, settings: Any
) -> None:
    settings.DEFAULT_FROM_EMAIL = "explor@region.asso.fr"
    settings.EXPLOR_DKIM_SELECTOR = ""
    publish({**RIGHT, ("region.asso.fr", "TXT"): ["v=spf1 mx ~all"]})
    assert list(wrong()) == ["retours"]
    said = {each.what: each.observed for each in sender.findings()}
    assert said["DKIM"] == "non vérifié : donnez EXPLOR_DKIM_SELECTOR"


def test_without_dns_the_mail_records_are_reported_as_not_verified_and_not_as_faults(
    publish: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise dns.resolver.LifetimeTimeout(timeout=3.0, errors=[])

    monkeypatch.setattr(dns.resolver, "resolve", away)
    [finding] = sender.findings()
    assert (finding.fine, finding.observed) == (
        True,
        "non vérifié : le DNS ne répond pas (LifetimeTimeout)",
    )


@pytest.mark.parametrize("fault", [dns.resolver.NXDOMAIN, dns.resolver.NoAnswer])
def test_looking_up_a_domain_that_does_not_exist_returns_no_dns_record(
    monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    def absent(*args: object, **kwargs: object) -> None:
        raise fault.__new__(fault)

    monkeypatch.setattr(dns.resolver, "resolve", absent)
    assert sender.lookup("absent.asso.fr", "TXT") == []


def test_a_long_dns_text_record_is_joined_from_its_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    import dns.rdata

    text = dns.rdata.from_text("IN", "TXT", '"v=DKIM1; p=MIIB" "IjAN"')
    server = dns.rdata.from_text("IN", "MX", "10 mx.asso.fr.")
    nobody = dns.rdata.from_text("IN", "MX", "0 .")
    answers = {"TXT": [text], "MX": [server, nobody]}
    monkeypatch.setattr(dns.resolver, "resolve", lambda name, kind, lifetime: answers[kind])
    assert sender.lookup("asso.fr", "TXT") == ["v=DKIM1; p=MIIBIjAN"]
    assert sender.lookup("asso.fr", "MX") == ["mx.asso.fr"]


def test_an_example_mail_domain_is_reported_in_production(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Explor <ne-pas-repondre@explor.example>"
    assert wrong() == {}
    settings.PRODUCTION = True
    assert wrong() == {"domaine des messages": "explor.example est un exemple"}
