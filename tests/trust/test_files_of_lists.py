"""Each list of each role can be exported as a file that contains only its own filtered rows."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.conf import settings
from python_calamine import CalamineWorkbook

from explor.actors.networks.pages import LISTS
from explor.ground.audit.models import Access
from explor.ground.ui.export import FILES
from support import accessible

from .forms import Page, pages_of
from .world import side

pytestmark = pytest.mark.django_db
LINK = "?format=xlsx"
# The lists that leave as a file, by role.
EXPECTED = {
    "association": {"missions", "needs", "projects", "proposals"},
    "employeur": {"experts", "missions", "proposals", "releases"},
    "expert": {"missions", "proposals"},
    "reseau": {
        *("calls", "experts", "missions", "needs", "organisations", "searches", "sheets"),
        "transfers",
    },
}


def rows_of_csv(page: Page, query: str = "") -> list[list[str]]:
    answer = page.client.get(f"{page.url}?format=csv{query}")
    assert answer.status_code == 200
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def rows_of_workbook(page: Page) -> list[list[Any]]:
    answer = page.client.get(f"{page.url}?format=xlsx")
    assert answer["Content-Disposition"].endswith('.xlsx"')
    return CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def test_each_list_is_exported_with_its_own_rows_only_and_the_export_is_recorded(
    unlogged: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    monkeypatch.setattr(accessible, "check", lambda body, path: None)
    own, other = side("Amont"), side("Aval")
    files: dict[str, set[str]] = {}
    for page in pages_of(own):
        answer = page.client.get(page.url)
        if answer.status_code != 200 or LINK not in answer.content.decode(errors="ignore"):
            continue
        head, *rows = rows_of_csv(page)
        assert len(set(head)) == len(head) > 1, page.url
        assert [len(row) for row in rows] == [len(head)] * len(rows)
        assert rows, page.url
        assert [row for row in rows if other.secret in " ".join(row)] == []
        workbook = rows_of_workbook(page)
        assert (workbook[0], len(workbook)) == (head, 1 + len(rows))
        if 'name="q"' in answer.content.decode():
            assert rows_of_csv(page, "&q=absentdetout") == [head], page.url
        noted = Access.objects.filter(act="reading").latest("pk")
        name, _, form = noted.what.partition(".")
        assert (form in FILES, name in LISTS) == (True, True), page.url
        files.setdefault(page.role, set()).add(name)
    assert files == EXPECTED
