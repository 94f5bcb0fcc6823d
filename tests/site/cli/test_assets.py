"""Static files are collected again only when one of them has changed."""

from pathlib import Path

import pytest

from explor.site.cli import assets


@pytest.fixture
def sources(settings: object, tmp_path: Path) -> Path:
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("a{}")
    settings.VAR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"  # type: ignore[attr-defined]
    settings.STATICFILES_DIRS = [source]  # type: ignore[attr-defined]
    settings.STATICFILES_FINDERS = [  # type: ignore[attr-defined]
        "django.contrib.staticfiles.finders.FileSystemFinder"
    ]
    return source


def test_unchanged_static_files_are_not_collected_again(sources: Path, tmp_path: Path) -> None:
    assert assets.gather(verbosity=0)
    assert (tmp_path / "static" / "a.css").read_text() == "a{}"
    assert not assets.gather(verbosity=0)


def test_a_new_static_file_makes_the_server_collect_the_static_files_again(
    sources: Path, tmp_path: Path
) -> None:
    assets.gather(verbosity=0)
    (sources / "b.css").write_text("b{}")
    assert assets.gather(verbosity=0)
    assert (tmp_path / "static" / "b.css").exists()
