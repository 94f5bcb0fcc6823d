"""Limits of requests are read from the environment, and a wrong one stops the start."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from explor.site.config.limits import limits_of


def test_without_settings_each_kind_has_its_default() -> None:
    assert limits_of({})["sends"] == (300, 3000)
    assert limits_of({"EXPLOR_LIMIT_API": ""})["api"] == (0, 600)


def test_a_setting_gives_both_limits() -> None:
    assert limits_of({"EXPLOR_LIMIT_UPLOADS": "5/0"})["uploads"] == (5, 0)


@pytest.mark.parametrize("given", ["300", "-1/2", "a/b", "1/2/3", "9999999/1", " "])
def test_a_wrong_setting_is_named(given: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EXPLOR_LIMIT_SENDS"):
        limits_of({"EXPLOR_LIMIT_SENDS": given})
