"""A time shown to a person is in Paris time, by `date_format` or the filter `date`."""

import re

from .house import SOURCE

# `{need.filed_at:%d/%m/%Y}` shows the day in UTC; `timezone.localtime(...)` gives that of Paris.
RAW = re.compile(r"\{[\w.]*(?:_at|_since):%[dj]")
SHOWN = ("pages", "views", "emails", "forms", "rules")


def test_no_page_or_message_shows_a_time_without_converting_to_paris_time() -> None:
    raw = [
        f"{path.relative_to(SOURCE)}: {line.strip()}"
        for path in sorted(SOURCE.rglob("*.py"))
        if {*path.relative_to(SOURCE).with_suffix("").parts} & {*SHOWN}
        for line in path.read_text(encoding="utf-8").splitlines()
        if RAW.search(line)
    ]
    assert raw == []


def test_the_check_of_times_detects_a_time_shown_without_conversion() -> None:
    assert RAW.search('f"déposé le {need.filed_at:%d/%m/%Y}"')
    assert not RAW.search('f"déposé le {timezone.localtime(need.filed_at):%d/%m/%Y}"')
