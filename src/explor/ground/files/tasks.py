"""Jobs that scan uploaded files with the antivirus, and delete files that no row references."""

from procrastinate.contrib.django import app

from .actions import remove_orphan_files, rescan, scan_waiting
from .actions.scans import JOB


@app.periodic(cron="10 3 * * *")
@app.task(name="files.remove_orphan_files")
def remove_orphan_files_tonight(timestamp: int) -> None:
    """Delete, each night, the stored files that no row references."""
    remove_orphan_files()


@app.periodic(cron="*/5 * * * *")
@app.task(name=JOB, queueing_lock=JOB, lock=JOB)
def scan_waiting_files(timestamp: int = 0) -> None:
    """Scan the files in quarantine; run at each upload and every five minutes."""
    scan_waiting()


@app.periodic(cron="40 1 * * *")
@app.task(name="files.rescan", queueing_lock="files.rescan", lock=JOB)
def rescan_files(timestamp: int = 0) -> None:
    """Scan again the files that were not scanned for a month; run each night."""
    rescan()
