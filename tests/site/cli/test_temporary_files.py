"""The temporary files in clear of a command are erased, however the command ends."""

import os
import signal
from pathlib import Path

import pytest

from explor.site.cli.apart import FORGOTTEN, folder_in
from explor.site.cli.failure import Failure


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_stopped_backup_or_restore_command_leaves_no_file_in_clear(
    tmp_path: Path, number: signal.Signals
) -> None:
    """The dump in clear must not stay beside the encrypted backups."""
    with pytest.raises(Failure, match="Arrêté"), folder_in(tmp_path, ".backup-") as folder:
        (folder / "database.dump").write_bytes(b"PGDMP")
        assert folder.stat().st_mode & 0o077 == 0
        signal.raise_signal(number)
    assert list(tmp_path.iterdir()) == []


def test_the_temporary_files_of_a_killed_command_are_erased_by_the_next_command(
    tmp_path: Path,
) -> None:
    for name in (".backup-old", ".backup-new", "restore-old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "database.dump").write_bytes(b"PGDMP")
    for name in (".backup-old", "restore-old"):
        before = (tmp_path / name).stat().st_mtime - FORGOTTEN - 60
        os.utime(tmp_path / name, (before, before))
    with folder_in(tmp_path, ".backup-"):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == [".backup-new", "restore-old"]
