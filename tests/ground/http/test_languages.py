"""Translated pages and messages for people without account."""

import shutil
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from babel.messages.mofile import read_mo
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from explor.ground.accounts.actions import open_link
from explor.ground.http.actor import SYSTEM
from explor.ground.http.languages import supported, written_in
from factories import NeedFactory

ROOT = Path(__file__).parents[3]
SCRIPT = ROOT / "scripts" / "translate"


@pytest.fixture(scope="module")
def translate() -> ModuleType:
    """Return the module of the script that updates the translation catalogues."""
    loader = SourceFileLoader("translate_script", str(SCRIPT))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_every_language_of_the_settings_except_french_has_a_catalogue(
    translate: ModuleType,
) -> None:
    codes = {path.parents[1].name for path in translate.catalogues()}
    assert codes == {code for code, _ in configured.LANGUAGES} - {"fr"}


def test_every_message_is_translated_in_every_catalogue(translate: ModuleType) -> None:
    left = [each for path in translate.catalogues() for each in translate.missing(path)]
    assert left == []
    assert "Confirmez-vous cette mission ?" in translate.messages()


def test_no_catalogue_has_an_obsolete_message(
    translate: ModuleType,
) -> None:
    known = set(translate.messages())
    for path in translate.catalogues():
        assert {each.id for each in translate.read(path) if each.id} == known, path


def test_the_compiled_message_catalogues_match_their_sources(translate: ModuleType) -> None:
    for path in translate.catalogues():
        with path.with_suffix(".mo").open("rb") as file:
            compiled = {each.id: each.string for each in read_mo(file) if each.id}
        assert compiled == {each.id: each.string for each in translate.read(path) if each.id}, path


def test_translations_have_the_same_placeholders_as_their_message(
    translate: ModuleType,
) -> None:
    for path in translate.catalogues():
        for each in translate.read(path):
            assert each.id == "" or not list(each.check()), each.id


def test_a_message_in_an_unsupported_language_is_written_in_french() -> None:
    assert [supported(code) for code in ("pt", "mg", "")] == ["pt", "fr", "fr"]
    with written_in("es") as used:
        assert (used, gettext("Confirmer")) == ("es", "Confirmar")
    with written_in("mg") as used:
        assert (used, gettext("Confirmer")) == ("fr", "Confirmer")


@pytest.mark.django_db
def test_a_language_added_with_a_catalogue_and_a_setting_is_used_on_partner_pages(
    translate: ModuleType, settings: Any, tmp_path: Path, client: Client
) -> None:
    need = NeedFactory()
    folder = tmp_path / "mg" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    portuguese = configured.LOCALE_PATHS[0] / "pt" / "LC_MESSAGES" / "django.po"
    text = portuguese.read_text(encoding="utf-8").replace("Confirma esta missão?", "Eken’ny ve?")
    (folder / "django.po").write_text(text, encoding="utf-8")
    (folder / "django.mo").write_bytes(translate.compiled(folder / "django.po"))
    settings.LOCALE_PATHS = [*configured.LOCALE_PATHS, tmp_path]
    settings.LANGUAGES = [*configured.LANGUAGES, ("mg", "malgache")]
    secret = open_link(need, name="Hanta", email="h@exemple.test", by=SYSTEM, language="mg")
    page = client.get(reverse("needs:partenaire_need", args=[secret])).content.decode()
    assert (page.count("Eken’ny ve?"), '<html lang="mg"' in page) == (1, True)
    shutil.rmtree(folder)
