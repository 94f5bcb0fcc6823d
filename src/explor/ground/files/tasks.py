"""The jobs that have uploaded files read by the antivirus, and delete those left without row."""

from procrastinate.contrib.django import app

from .actions import remove_orphan_files, rescan, scan_waiting
from .actions.scans import JOB


@app.periodic(cron="10 3 * * *")
@app.task(name="files.remove_orphan_files")
def remove_orphan_files_tonight(timestamp: int) -> None:
    remove_orphan_files()


@app.periodic(cron="*/5 * * * *")
@app.task(name=JOB, queueing_lock=JOB, lock=JOB)
def scan_waiting_files(timestamp: int = 0) -> None:
    """Scan the files in quarantine: at each upload, then every five minutes."""
    scan_waiting()


@app.periodic(cron="40 1 * * *")
@app.task(name="files.rescan", queueing_lock="files.rescan", lock=JOB)
def rescan_files(timestamp: int = 0) -> None:
    """Scan again, each night, the files that were not scanned for a month."""
    rescan()
