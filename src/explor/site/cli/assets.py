"""Collection and compression of the static files, only when their sources have changed."""

import hashlib
from pathlib import Path


def gather(*, verbosity: int) -> bool:
    """Collect the static files if one changed since the last call; return whether it did.

    For performance: to collect and compress every file at each start would take seconds.
    """
    from django.conf import settings
    from django.core.management import call_command

    stamp = Path(settings.VAR) / "static.stamp"
    state = fingerprint()
    if Path(settings.STATIC_ROOT).is_dir() and stamp.exists() and stamp.read_text() == state:
        return False
    call_command("collectstatic", interactive=False, verbosity=verbosity)
    stamp.write_text(state)
    return True


def fingerprint() -> str:
    """Return a digest of the storage setting and of the path, size and date of each static file."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            path = Path(storage.path(name))
            status = path.stat()
            digest.update(f"{name} {path} {status.st_size} {status.st_mtime_ns}".encode())
    return digest.hexdigest()
