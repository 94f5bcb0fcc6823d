"""Published sheets similar to a need that is being written."""

import pytest

from explor.public.directory.pages import similar_sheets
from factories import SheetFactory

pytestmark = pytest.mark.django_db


def test_similar_published_sheets_are_returned_with_their_results_text() -> None:
    content = {"title": "Former les fontainières de Kita", "results": "Deux pompes réparées."}
    close = SheetFactory(title=content["title"], content=content, lead_organisation="Eau vive")
    SheetFactory(title="Un grenier à mil")
    SheetFactory(title="Former les fontainières en secret", state="draft")
    results = similar_sheets("Former six fontainières")
    assert [(each.title, each.about, each.lessons) for each in results] == [
        (close.title, "fiche projet, Eau vive", ["Deux pompes réparées."])
    ]
    assert results[0].url == f"/projets/{close.slug}/"


@pytest.mark.parametrize("words", ["", "le la", "zzzzzz", 'or -or "', "' & | !"])
def test_words_that_occur_in_no_sheet_title_give_no_similar_sheet(words: str) -> None:
    SheetFactory()
    assert similar_sheets(words) == []
