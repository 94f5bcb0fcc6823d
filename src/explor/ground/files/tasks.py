"""The nightly job that deletes the stored files that no document references."""

from procrastinate.contrib.django import app

from .actions import remove_orphan_files


@app.periodic(cron="10 3 * * *")
@app.task(name="files.remove_orphan_files")
def remove_orphan_files_tonight(timestamp: int) -> None:
    remove_orphan_files()
