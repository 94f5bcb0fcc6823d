"""No open data file contains personal data: marker words of private fields appear in none."""

from io import BytesIO
from typing import Any

import pytest
from django.db import models

from explor.actors.organisations.models import FieldPartner, Organisation
from explor.ground.accounts.models import Person
from explor.journey.missions.models import Mission
from explor.journey.sheets import actions as directory
from explor.public.open_data import pages
from factories import (
    DecisionFactory,
    MissionFactory,
    SheetFactory,
    association_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db
WORD = "Sentinelle"
# Models whose every text is private.
WHOLE = ("expert", "expert.person", "need.partner", "release", "release.proposal")
# Private fields of models that also have public ones.
KEPT = {
    "association": ("representative", "purpose", "refusal", "lending_rules"),
    "employer": ("name", "representative", "purpose", "lending_rules", "address", "city"),
    "need": ("context", "expected_results"),
    ".": ("cause_note", "override", "override_by"),
}


def texts(row: models.Model) -> list[str]:
    """Return the free-text fields of a row: no choices, foreign keys or slugs."""
    return [
        field.name
        for field in row._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.EmailField)
        and not (field.choices or field.unique or isinstance(field, models.SlugField))
        and field.name not in ("state", "department", "country", "language", "password", "scheme")
        and (field.max_length or 99) > 30
    ]


def plant(mission: Any) -> int:
    """Write the word in every private field; return in how many."""
    places = [(path, None) for path in WHOLE] + list(KEPT.items())
    count = 0
    for path, names in places:
        row = mission
        for part in path.strip(".").split("."):
            row = getattr(row, part) if part else row
        for name in names or texts(row):
            setattr(row, name, f"{WORD} {name}")
            count += 1
        row.save()
    return count


def test_no_open_data_file_contains_a_word_of_a_private_field(settings: Any) -> None:
    settings.EXPLOR_IATI_REF = "XI-EXPLOR-EXEMPLE"
    mission = MissionFactory(state="closed")
    assert plant(mission) > 25
    mission = Mission.objects.get(pk=mission.pk)
    officer = officer_actor(mission.network)
    row = directory.write_from_file(mission.need.project, by=officer)
    assert WORD in str(row.content), "the representative is in the sheet itself"
    directory.approve(row, by=association_actor(mission.association))
    row.refresh_from_db()
    directory.publish(row, by=officer)
    DecisionFactory(state="announced", verdict="favourable")
    SheetFactory(content={"title": "X", "lead_organisation": {"representative": f"{WORD} bis"}})
    leaks = []
    for name, write in pages.WRITERS.items():
        out = BytesIO()
        assert write(out, []) >= 0
        if WORD.encode() in readable(name, out.getvalue()):
            leaks.append(name)
    assert leaks == []
    assert (Person.objects.count(), FieldPartner.objects.count() > 0) >= (1, True)
    assert Organisation.objects.filter(representative__startswith=WORD).exists()


def readable(name: str, data: bytes) -> bytes:
    """Return the text of a file; a spreadsheet is a zip archive, whose files are extracted."""
    if not name.endswith("xlsx"):
        return data
    import zipfile

    with zipfile.ZipFile(BytesIO(data)) as book:
        return b"".join(book.read(part) for part in book.namelist())
