"""The rehearsal of `explor restore`, simulated; `test_end_to_end` runs the real one."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from explor.site.cli import main, restore

# The settings of what a restoration writes.
WRITTEN = ("EXPLOR_ERASURES", "EXPLOR_JOURNAL_HEADS", "EXPLOR_JOURNAL_PUBLIC_KEYS")


@pytest.mark.parametrize("code", [0, 1])
def test_a_rehearsal_of_a_restoration_is_recorded_only_when_the_backup_is_restored(
    settings: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    code: int,
) -> None:
    settings.VAR = tmp_path
    backup = tmp_path / "backup.tar"
    backup.touch()
    settings.ERASURES = tmp_path / "apart.jsonl"
    settings.ERASURES.write_text("{}")
    settings.JOURNAL_PUBLIC_KEYS = tmp_path / "not-yet.txt"
    places = []

    def run(command: list[str], *, env: dict[str, str], check: bool) -> Any:
        assert command[-2:] == ["restore", str(backup)]
        assert not {"DATABASE_URL", "DATABASE_OWNER_URL"} & env.keys()
        outside = [env[key] for key in WRITTEN if not env[key].startswith(env["EXPLOR_VAR"])]
        assert outside == [], "a rehearsal writes in its own folder alone"
        assert Path(env["EXPLOR_ERASURES"]).read_text() == "{}"
        places.append(Path(env["EXPLOR_VAR"]))
        return subprocess.CompletedProcess(command, code)

    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.setenv(name, "postgresql://x@127.0.0.1:1/x")
    for name in WRITTEN:
        monkeypatch.setenv(name, str(tmp_path / "of-the-installation"))
    monkeypatch.setattr(restore.subprocess, "run", run)
    assert main(["restore", "--rehearse", str(backup)]) == code
    note = tmp_path / "rehearsal.json"
    assert note.exists() == (code == 0)
    assert not code or capsys.readouterr().out == ""
    assert code or json.loads(note.read_text())["file"] == "backup.tar"
    assert [place.exists() for place in places] == [False]
