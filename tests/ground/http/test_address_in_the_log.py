"""The log names the address of the sender, which the sender does not choose."""

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
def test_a_header_of_the_visitor_is_not_noted(caplog, header: str) -> None:
    assert noted(caplog, **{header: "198.51.100.6"}) == {"192.0.2.1"}


def test_the_address_that_the_declared_proxy_writes_last_is_noted(caplog, settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    given = {"x-forwarded-for": "198.51.100.6, 203.0.113.9", "x-real-ip": "198.51.100.6"}
    assert noted(caplog, **given) == {"203.0.113.9"}


def test_an_address_that_nobody_can_read_is_noted_as_such(caplog, settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    assert noted(caplog, **{"x-forwarded-for": "203.0.113.9"}) == {"192.0.2.1"}
