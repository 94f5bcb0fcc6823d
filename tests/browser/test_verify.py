"""Documents verified in a real browser: by code and by file, on a phone, without JavaScript."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from explor.ground.files import actions
from explor.ground.files.models import Document
from explor.ground.http.actor import SYSTEM
from factories import NetworkFactory

from .test_from_need_to_clearance import WAYS
from .visitor import BrowserVisitor


@pytest.fixture(params=sorted(WAYS))
def reader(
    request: pytest.FixtureRequest,
    transactional_db: None,
    live_server: Any,
    browser: Browser,
    settings: Any,
    tmp_path: Path,
) -> Iterator[BrowserVisitor]:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.ACCOUNT_RATE_LIMITS = False
    visitor = BrowserVisitor(browser, live_server.url, **WAYS[request.param])
    yield visitor
    visitor.close()


def issue(title: str) -> Document:
    network = NetworkFactory()
    return actions.issue(
        template="document.typ",
        data={"issuer": {"name": network.name}},
        facts=[("Délivrée à", "Camille Exemple")],
        kind="certificate",
        title=title,
        owner=network,
        by=SYSTEM,
    )


def hand_over(reader: BrowserVisitor, path: Path, status: int = 200) -> None:
    """Choose a file on the page, send it with the keyboard, and check the page that answers."""
    reader.read("/verifier/")
    reader.page.set_input_files("input[name=file]", path)
    reader.send(status)
    if reader.scripts:
        reader._inspect()


def test_a_document_is_verified_by_its_file_then_by_its_code(
    reader: BrowserVisitor, tmp_path: Path
) -> None:
    document, new = issue("Attestation"), issue("Attestation corrigée")
    content, path = document.file.read(), tmp_path / "document.pdf"
    path.write_bytes(content)
    hand_over(reader, path)
    assert reader.sees("C’est exactement le document émis le", "toujours valable")
    path.write_bytes(content + b"\n")
    hand_over(reader, path)
    assert reader.sees("Ce fichier a été modifié après son émission")
    path.write_bytes(b"autre chose")
    hand_over(reader, path)
    assert reader.sees("Ce fichier ne porte pas de sceau d’Explor")
    actions.replace(document.seal, by=SYSTEM, with_=new.seal)
    reader.page.fill("input[name=code]", str(document.seal))
    with reader.page.expect_navigation():
        reader.page.keyboard.press("Enter")
    assert reader.sees("Ce document a été remplacé", "Remplacé par")
    for summary in reader.page.locator("details summary").all():
        summary.click()
    if reader.scripts:
        reader._inspect()
    reader.follow("Attestation corrigée")
    assert reader.sees("Ce document est confirmé")
    assert reader.faults == []


def test_verifying_a_file_too_large_or_missing_shows_an_error_on_the_form(
    reader: BrowserVisitor, tmp_path: Path
) -> None:
    path = tmp_path / "gros.pdf"
    path.write_bytes(b"%PDF" + b"x" * 10 * 2**20)
    hand_over(reader, path, 422)
    assert reader.sees("Ce fichier dépasse 10 Mo : nous ne l’avons pas lu.")
    reader.read("/verifier/").send(422)
    assert reader.sees("Choisissez le fichier à vérifier.")
    assert reader.faults == []


def test_the_menu_of_a_phone_closes_with_a_button_or_escape(reader: BrowserVisitor) -> None:
    reader.page.set_viewport_size({"width": 360, "height": 740})
    reader.read("/verifier/")
    menu = reader.page.locator("#menu")
    for close in ("Escape", "Enter"):
        reader.open_menu()
        assert menu.is_visible()
        if close == "Enter":
            menu.get_by_role("button", name="Fermer").focus()
        reader.page.keyboard.press(close)
        assert not menu.is_visible()
