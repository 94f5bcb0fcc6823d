"""Upload handler that hashes a file as it arrives and never writes it to a disk."""

import hashlib
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from explor.ground.http.sanitize import LIMIT


class DigestedFile(UploadedFile):  # type: ignore[type-arg]
    """An uploaded file with its SHA-256 digest.

    Above `LIMIT` bytes, the file has no content and its digest is not valid.
    """

    def __init__(self, content: BytesIO, name: str, size: int, sha256: str) -> None:
        super().__init__(file=content, name=name, size=size)
        self.sha256 = sha256


class DigestHandler(FileUploadHandler):
    """Hash the first file of a request and keep it in memory; skip the others.

    Bytes above `LIMIT` are counted but not kept, so the page can say that the file is too large.
    """

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.digest, self.kept, self.begun = hashlib.sha256(), BytesIO(), False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.begun:
            raise SkipFile
        self.begun = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep and hash a chunk; drop all content once the file is above the limit."""
        if start + len(raw_data) <= LIMIT:
            self.digest.update(raw_data)
            self.kept.write(raw_data)
        else:
            self.kept = BytesIO()

    def file_complete(self, file_size: int) -> DigestedFile:
        self.kept.seek(0)
        return DigestedFile(self.kept, self.file_name or "", file_size, self.digest.hexdigest())
