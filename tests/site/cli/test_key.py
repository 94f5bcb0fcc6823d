"""`explor key` creates, renews and describes the key that signs documents; doctor checks it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from explor.ground.files.engine import keys
from explor.site.administration.selectors import checks
from explor.site.cli import backup, main


@pytest.fixture(autouse=True)
def path(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Name a key that does not exist, and create short ones, which take less time."""
    monkeypatch.setattr(keys, "BITS", 2048)
    settings.VAR = tmp_path
    settings.MEDIA_ROOT, settings.STATIC_ROOT = tmp_path / "files", tmp_path / "static"
    settings.EXPLOR_PUBLISHER = "Réseau d’exemple"
    settings.SEAL_KEY = tmp_path / "seal" / "key.pem"
    return tmp_path / "seal" / "key.pem"


def said(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    assert main(["key", *words]) == 0
    return capsys.readouterr().out.splitlines()


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["key", *words]) == 1
    return capsys.readouterr().err.strip()


def test_key_create_writes_a_key_prints_it_and_says_to_keep_a_copy(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = said(capsys, "create")
    key = keys.load_key()
    assert lines == [
        f"Fichier      {path}",
        "Clé          RSA, 2048 bits",
        "Certificat   CN=Réseau d’exemple,O=Réseau d’exemple, émis par lui-même",
        f"Valable      du {key.certificate.not_valid_before_utc:%d/%m/%Y} "
        f"au {key.expires_at:%d/%m/%Y}",
        f"Empreinte    {key.fingerprint} (SHA-256)",
        "Gardez une copie de ce fichier à part : il n’est pas dans les sauvegardes.",
    ]


def test_key_show_prints_the_certificate_and_never_the_private_key(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    created = said(capsys, "create")
    assert said(capsys, "show") == created[:-1]
    assert said(capsys, "show", "--pem") == keys.load_key().pem.splitlines()
    assert "PRIVATE" not in keys.load_key().pem


def test_key_show_prints_how_to_correct_a_key_open_to_other_accounts(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "create")
    path.chmod(0o644)
    assert said(capsys, "show")[-1] == (
        f"À corriger   {path} s’ouvre à d’autres comptes (644) -> chmod 600 {path}"
    )


def test_creating_a_second_key_is_refused_unless_replacement_is_requested(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "create")
    first = keys.load_key().fingerprint
    assert refused(capsys, "create") == (
        f"explor : {path} existe. Pour renouveler : explor key create --replace"
    )
    lines = said(capsys, "create", "--replace")
    [former] = [each for each in path.parent.iterdir() if each != path]
    assert lines[0] == f"Ancienne clé mise de côté : {former}. Elle ne sert plus ; détruisez-la."
    assert keys.load_key().fingerprint != first


def test_key_show_without_a_key_fails_and_says_how_to_create_it(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sentence = f"explor : La clé manque : {path} ne se lit pas (No such file or directory)."
    assert refused(capsys, "show") == f"{sentence} Pour la créer : explor key create"
    assert refused(capsys, "show", "--pem") == sentence


def test_creating_a_key_in_another_format_than_pem_is_refused(
    settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.SEAL_KEY = tmp_path / "cle.p12"
    assert refused(capsys, "create").endswith("Explor crée des clés en PEM ; donnez un nom en .pem")


def test_doctor_reports_a_missing_signing_key_in_production_only(settings: Any) -> None:
    finding = checks.seal_key()
    assert (finding.fine, finding.observed) == (True, "sera créée au premier document émis")
    settings.PRODUCTION = True
    finding = checks.seal_key()
    assert (finding.fine, finding.fix.startswith("lancez explor key create")) == (False, True)


def test_doctor_accepts_a_valid_signing_key_and_says_how_long_the_key_is_valid(path: Path) -> None:
    keys.create_key()
    finding = checks.seal_key()
    assert (finding.fine, finding.observed) == (
        True,
        f"{path}, certificat valable encore 3649 jours",
    )


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_doctor_refuses_a_signing_key_that_other_accounts_may_read(path: Path, mode: int) -> None:
    keys.create_key()
    path.chmod(mode)
    finding = checks.seal_key()
    assert (finding.fine, finding.fix) == (False, f"chmod 600 {path}")


@pytest.mark.parametrize("folder", ["files", "static"])
def test_doctor_refuses_a_signing_key_in_a_folder_that_is_served_or_backed_up(
    settings: Any, tmp_path: Path, folder: str
) -> None:
    settings.SEAL_KEY = tmp_path / folder / "key.pem"
    keys.create_key()
    finding = checks.seal_key()
    assert (finding.fine, finding.observed) == (
        False,
        f"{settings.SEAL_KEY} est dans {tmp_path / folder}",
    )


def test_doctor_refuses_a_signing_key_stored_in_the_checkout(settings: Any, tmp_path: Path) -> None:
    settings.VAR, settings.ROOT = tmp_path / "elsewhere", tmp_path
    keys.create_key()
    finding = checks.seal_key()
    assert (finding.fine, finding.observed) == (False, f"{settings.SEAL_KEY} est dans {tmp_path}")


@pytest.mark.parametrize(("days", "fine"), [(61, True), (59, False)])
def test_doctor_asks_to_renew_the_signing_key_sixty_days_before_its_certificate_expires(
    path: Path, days: int, fine: bool
) -> None:
    key = keys.create_key(years=1)
    with time_machine.travel(key.expires_at - timedelta(days=days), tick=False):
        finding = checks.seal_key()
    assert (finding.fine, finding.fix) == (fine, "renouvelez-la : explor key create --replace")


@pytest.mark.parametrize(
    ("folder", "sentence"),
    [
        ("seal", "n’y est pas : gardez-la à part, elle aussi."),
        ("files", "y est : gardez cette archive comme la clé."),
    ],
)
def test_the_backup_command_says_whether_the_backup_contains_the_signing_key(
    settings: Any, tmp_path: Path, folder: str, sentence: str
) -> None:
    settings.SEAL_KEY = tmp_path / folder / "key.pem"
    assert backup.about_the_key() == f"La clé des documents ({settings.SEAL_KEY}) {sentence}"
