"""The log of the nginx configuration shipped with Explor contains no secret."""

import re
from pathlib import Path

import pytest

from explor.site.config.logs import SECRET_PLACES

CONF = (Path(__file__).parents[3] / "deploy" / "nginx.conf").read_text(encoding="utf-8")
SECRET = "Zk3-secret_of_24_letters"


def logged(address: str) -> str:
    """Return an address as the map of the proxy gives it to the log."""
    [inside] = re.findall(r"map \$request_uri \$explor_page \{(.*?)\n\}", CONF, re.DOTALL)
    for pattern, value in re.findall(r'"~(\^.*?)" "?(\S*?)"?;', inside):
        if match := re.match(pattern.replace("(?<", "(?P<"), address):
            return str(value).replace("{shown}", "shown").replace("$shown", match["shown"])
    raise AssertionError(address)


@pytest.mark.parametrize("place", SECRET_PLACES)
def test_the_nginx_configuration_logs_no_secret_of_a_link(place: str) -> None:
    assert logged(f"/{place}/{SECRET}/suite/?a=1") == f"/{place}/..."


def test_the_nginx_configuration_logs_no_query_string() -> None:
    assert logged(f"/compte/login/?next=/signer/{SECRET}/") == "/compte/login/"
    assert logged("/projets/une-fiche/") == "/projets/une-fiche/"


def test_every_server_of_the_nginx_configuration_uses_the_log_format_without_secrets() -> None:
    [form] = re.findall(r"log_format explor (.*?);", CONF, re.DOTALL)
    held = set(re.findall(r"\$\w+", form))
    assert held.isdisjoint({"$request", "$request_uri", "$uri", "$args", "$http_referer"})
    servers = CONF.count("\nserver {")
    assert len(re.findall(r"^    access_log \S+ explor;$", CONF, re.MULTILINE)) == servers
