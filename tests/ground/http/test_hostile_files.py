"""Hostile files: each is refused with a message, or its sanitized copy contains nothing active."""

import resource
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import pikepdf
import pytest

from explor.ground.http._sanitizing.__main__ import ALWAYS, OTHER, PICTURE
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.sanitize import EXTENSIONS, PAPERS, REASONS, UNKNOWN, sanitize
from support.hostile import MARK, hostile

FILES = hostile()
SENTENCES = {*REASONS.values(), *UNKNOWN.values()}
MEGABYTE = 2**20


def everything_in(content: bytes) -> bytes:
    """Return the bytes of a file, with those of its parts or streams once decompressed."""
    parts = [content]
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts += [name.encode() + archive.read(name) for name in archive.namelist()]
    except BadZipFile:
        pass
    if content.startswith(b"%PDF-"):
        out = BytesIO()
        with pikepdf.open(BytesIO(content)) as pdf:
            pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, qdf=True)
        parts.append(out.getvalue())
    return b"\n".join(parts)


def test_the_collection_of_hostile_files_has_many_kinds():
    assert len(FILES) > 80


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_or_its_sanitized_copy_is_inert(name):
    try:
        safe = sanitize(FILES[name], PAPERS)
    except ActionNotAllowed as refusal:
        assert str(refusal) in SENTENCES
    else:
        assert safe.mime in EXTENSIONS
        assert MARK.encode() not in everything_in(safe.content)


def test_the_process_that_opens_files_limits_itself_to_five_seconds_and_200_megabytes():
    assert OTHER == {resource.RLIMIT_DATA: 200 * MEGABYTE, resource.RLIMIT_CPU: 5}
    assert PICTURE == {resource.RLIMIT_AS: 1024 * MEGABYTE, resource.RLIMIT_CPU: 10}
    assert ALWAYS == {resource.RLIMIT_FSIZE: 0, resource.RLIMIT_CORE: 0}
