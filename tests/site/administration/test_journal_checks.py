"""The checks of what protects the journal name each weakness and its remedy."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from explor.ground.audit.engine import keys
from explor.ground.audit.models import Access
from explor.site.administration.selectors import journal


@pytest.fixture
def key(settings: Any, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    settings.JOURNAL_SEAL_KEY = tmp_path / "journal-seal" / "key.pem"
    settings.JOURNAL_PUBLIC_KEYS = tmp_path / "journal" / "public.txt"
    return keys.key_path()


def test_a_missing_journal_key_is_a_fault_in_production_only(key: Path, settings: Any) -> None:
    assert journal.journal_key().observed == "sera créée au premier bloc"
    settings.PRODUCTION = True
    finding = journal.journal_key()
    assert not finding.fine
    assert finding.fix.startswith("lancez explor journal key")


def test_a_journal_key_readable_by_others_or_without_public_half_is_reported_as_a_fault(
    key: Path,
) -> None:
    public = keys.create_key()
    assert journal.journal_key().fine
    key.chmod(0o640)
    assert journal.journal_key().fix == f"chmod 600 {key}"
    key.chmod(0o600)
    keys.public_path().write_text("")
    assert public in journal.journal_key().fix


def test_doctor_remarks_in_production_that_the_web_pages_can_read_the_journal_key(
    key: Path, settings: Any
) -> None:
    settings.PRODUCTION = True
    assert journal.out_of_reach().fine
    keys.create_key()
    assert not journal.out_of_reach().fine


def test_doctor_remarks_in_production_that_the_role_of_the_site_owns_the_tables(
    db: None, settings: Any
) -> None:
    assert journal.owner().fine
    settings.PRODUCTION = True
    finding = journal.owner()
    assert (finding.fine, finding.matters) == (False, False)


def test_a_journal_line_that_waits_long_for_its_block_is_reported(db: None) -> None:
    assert journal.sealing().observed == "aucune n’attend"
    since = timezone.now() - timedelta(hours=5)
    Access.objects.create(act="sign_in", at=since, digest="0" * 64)
    finding = journal.sealing()
    assert (finding.fine, finding.observed) == (False, "une ligne attend son bloc depuis 5 h")
