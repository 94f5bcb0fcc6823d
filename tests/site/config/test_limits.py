"""Limits of requests are read from the environment, and a wrong one stops the start."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from explor.site.config.limits import limits_of


def test_without_settings_each_kind_of_request_has_its_default_limit() -> None:
    assert limits_of({})["sends"] == (300, 3000)
    assert limits_of({"EXPLOR_LIMIT_API": ""})["api"] == (0, 600)


def test_one_setting_gives_both_limits_of_a_kind_of_request() -> None:
    assert limits_of({"EXPLOR_LIMIT_UPLOADS": "5/0"})["uploads"] == (5, 0)


@pytest.mark.parametrize("given", ["300", "-1/2", "a/b", "1/2/3", "9999999/1", " "])
def test_an_invalid_request_limit_setting_is_refused_by_its_name(given: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EXPLOR_LIMIT_SENDS"):
        limits_of({"EXPLOR_LIMIT_SENDS": given})
