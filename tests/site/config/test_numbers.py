"""Settings that are numbers: a wrong one stops the start, with one sentence that names it."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from explor.site.config.numbers import integer, seconds


def test_a_number_setting_has_its_default_when_absent_or_blank() -> None:
    assert integer({}, "EXPLOR_PROXIES", 0) == integer({"EXPLOR_PROXIES": ""}, "EXPLOR_PROXIES", 0)
    assert seconds({}, "EXPLOR_WEB_LOCK", 1.5) == 1.5
    assert seconds({"EXPLOR_WEB_LOCK": "0.5"}, "EXPLOR_WEB_LOCK", 1.5) == 0.5


@pytest.mark.parametrize("given", ["trois", "-1", "1.5", "²", " ", "9999999999"])
def test_an_invalid_integer_setting_is_refused_by_its_name(given: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EXPLOR_PROXIES"):
        integer({"EXPLOR_PROXIES": given}, "EXPLOR_PROXIES", 0)


@pytest.mark.parametrize("given", ["dix", "-1", "nan", "inf", " "])
def test_an_invalid_duration_setting_is_refused_by_its_name(given: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EXPLOR_WEB_QUERY"):
        seconds({"EXPLOR_WEB_QUERY": given}, "EXPLOR_WEB_QUERY", 10)


@pytest.mark.parametrize(
    "name", ["PORT", "EXPLOR_TERM_DRAFT", "EXPLOR_SPACE_NETWORK", "EMAIL_PORT", "EXPLOR_WEB_LOCK"]
)
def test_a_command_answers_one_sentence_to_a_setting_that_is_not_a_number(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "explor.site.cli", "doctor"],
        env={**os.environ, name: "trois"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"{name} : donnez" in done.stdout
    assert not done.stderr
