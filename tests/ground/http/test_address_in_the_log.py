"""The log contains the IP address of the sender, which the sender cannot forge."""

import logging

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
ABSENT = "/compte/invitation/absent/"


def noted(caplog: pytest.LogCaptureFixture, **headers: str) -> set[str]:
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        Client().get(ABSENT, headers=headers, REMOTE_ADDR="192.0.2.1")
    lines = [record.msg for record in caplog.records if isinstance(record.msg, dict)]
    return {line["ip"] for line in lines}


@pytest.mark.parametrize("header", ["x-forwarded-for", "x-real-ip", "x-client-ip", "forwarded"])
def test_the_log_ignores_an_address_header_that_the_visitor_forged(caplog, header: str) -> None:
    assert noted(caplog, **{header: "198.51.100.6"}) == {"192.0.2.1"}


def test_the_log_contains_the_last_address_written_by_the_declared_proxy(caplog, settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    given = {"x-forwarded-for": "198.51.100.6, 203.0.113.9", "x-real-ip": "198.51.100.6"}
    assert noted(caplog, **given) == {"203.0.113.9"}


def test_the_log_contains_a_placeholder_address_when_the_proxies_give_none(
    caplog, settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    assert noted(caplog, **{"x-forwarded-for": "203.0.113.9"}) == {"192.0.2.1"}
