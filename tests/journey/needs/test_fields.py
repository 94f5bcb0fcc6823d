"""Every page, export and form of a need follows the table that declares each field once."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from explor.ground.http.actor import Actor
from explor.journey.admissibility.forms import AskForm
from explor.journey.needs import actions, fields, pages, rules
from explor.journey.needs.forms import NeedEdit, RemarkForm
from explor.journey.needs.models import Need
from explor.journey.needs.pages import history, papers
from factories import CallFactory

SOURCES = Path(__file__).parents[3] / "src" / "explor" / "journey"


def readers(need: Need) -> dict[str, bool]:
    """Return, by form or page that may show « Publics concernés », whether it does."""
    label = "Publics concernés"
    ask = AskForm(subject=need, papers=[])
    choices = dict(RemarkForm().fields["field"].choices)  # type: ignore[attr-defined]
    values = {each.name: None for each in fields.FIELDS}
    copy = actions.duplicate(
        need, by=Actor(role="association"), call=CallFactory(network=need.network), title="Encore"
    )
    return {
        "form": "audiences" in NeedEdit(subject=need).fields,
        "page": label in dict(pages.facts_of(need)),
        "paper": any(label in dict(facts) for _, facts in pages.parts_of(need)),
        "screen": "audiences" in rules.SCREENS["probleme"].fields,
        "completeness": "audiences" in [each.field for each in rules.measure(values).blanks],
        "remarks": "audiences" in choices,
        "requests": "on_audiences" in ask.fields,
        "copy": copy.audiences == "Six villages.",
    }


@pytest.mark.django_db
def test_a_field_removed_from_the_table_of_fields_is_shown_nowhere(
    need: Need, monkeypatch: pytest.MonkeyPatch
) -> None:
    need.audiences, need.project.audiences = "Six villages.", ""
    assert readers(need) == dict.fromkeys(readers(need), True)
    without = [each for each in fields.FIELDS if each.name != "audiences"]
    monkeypatch.setattr(fields, "FIELDS", without)
    monkeypatch.setattr("explor.journey.admissibility.forms.FIELDS", without)
    assert readers(need) == dict.fromkeys(readers(need), False)


@pytest.mark.django_db
def test_a_field_made_public_in_the_table_of_fields_is_published_and_compared(
    need: Need, own: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = [
        fields.Field(name="audiences", screen="probleme", public=True, column="publics")
        if each.name == "audiences"
        else each
        for each in fields.FIELDS
    ]
    monkeypatch.setattr(fields, "FIELDS", changed)
    assert "Publics concernés" in dict(papers.public_facts(need))
    actions.describe(
        need, by=own, changes={"audiences": "Dix villages."}, expected_version=0, tab=uuid4()
    )
    assert dict(history.differences(need.revisions.all())) == {
        "Publics concernés": [("new", "Dix villages.")]
    }


@pytest.mark.django_db
def test_the_csv_of_needs_has_the_columns_declared_in_the_table_of_fields(
    need: Need, officer_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)  # the next day in Paris
    Need.objects.update(state="filed", audiences="=Six villages.", filed_at=late)
    added = fields.Field(name="audiences", screen="probleme", column="publics")
    monkeypatch.setattr(fields, "FIELDS", [*fields.FIELDS, added])
    table = officer_client.get(f"/reseau/{need.network.slug}/besoins/?format=csv")
    head, row = table.content.decode("utf-8-sig").splitlines()
    assert head == "numero;titre;association;pays;etat;depose;jours;personnes;publics"
    assert row.endswith(";déposé;2026-12-01;10;1;'=Six villages.")


@pytest.mark.parametrize("name", ["context", "audiences", "deliverables", "expected_results"])
def test_an_ordinary_field_of_a_need_is_named_in_four_files_at_most(name: str) -> None:
    """Check that only the model, the table and at most two other files name the field."""
    word = re.compile(rf"\b{name}\b")
    files = [
        path
        for folder in ("calls", "eligibility", "needs", "admissibility")
        for path in (SOURCES / folder).rglob("*.py")
        if "migrations" not in path.parts and _names(path, name, word)
    ]
    assert len(files) <= 4, files


def _names(path: Path, name: str, word: "re.Pattern[str]") -> bool:
    text = path.read_text(encoding="utf-8")
    if name == "context":  # `context` is also the name of the variables of a template
        return bool(
            re.search(r'name="context"|need\.context|project\.context|^    context = m', text, re.M)
        )
    return bool(word.search(text))


@pytest.fixture
def officer_client(need: Need, session_of: Callable[[Actor], Client]) -> Client:
    from factories import officer_actor

    return session_of(officer_actor(need.network))
