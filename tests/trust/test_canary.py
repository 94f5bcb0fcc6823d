"""No file, page or PDF makes the server fetch a URL or read a local file (S8).

A server on this machine, the canary, listens while every importer, sanitizer and renderer meets its
URL, and must receive no request. Another check proves that the canary records a real request.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from io import BytesIO
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from urllib.request import urlopen

import pytest
from django.test import Client

from explor.engines.formats import UnreadableSheet, kind_of, readings
from explor.engines.formats.iati import UnreadableFile, check_iati
from explor.engines.formats.tables import rows_of
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.sanitize import PAPERS, sanitize, sanitize_photo
from explor.ground.ui.pdf import proof, render
from explor.public.directory.pages import MIMES
from explor.public.open_data.pages import WRITERS
from factories import SheetFactory
from support import hostile
from support.office import odt, relations, xlsx
from support.soak import SOAK

pytestmark = pytest.mark.soak
SECRET = "CONTENU-DU-DISQUE"


class Canary(ThreadingTCPServer):
    """A server that records the first line of every request: nothing should ever contact it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), RequestRecorder)
        self.heard: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/canari"


class RequestRecorder(StreamRequestHandler):
    """Record the first line of a request on the server, and answer 200."""

    server: Canary

    def handle(self) -> None:
        self.server.heard.append(self.rfile.readline().decode(errors="replace").strip())
        self.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n")


@pytest.fixture
def canary() -> Iterator[Canary]:
    with Canary() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def disk(tmp_path: Path) -> str:
    """Return the address of a file of this machine, that nothing may read."""
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    return path.as_uri()


def to_import(*addresses: str) -> Iterator[tuple[str, bytes]]:
    """Yield a file of each format that is imported, with these addresses wherever it has some."""
    for url in addresses:
        yield (
            "page.html",
            (
                f'<html><head><base href="{url}"><link rel=stylesheet href="{url}">'
                f'<meta http-equiv=refresh content="0;url={url}">'
                f'<script src="{url}"></script></head>'
                f'<body><h1>Un puits</h1><img src="{url}" srcset="{url} 2x"><iframe src="{url}">'
                f'</iframe><object data="{url}"></object><a href="{url}">ici</a>'
                f'<div style="background:url({url})">x</div></body></html>'
            ).encode(),
        )
        yield (
            "fiche.md",
            (
                f"# Un puits\n\n![image]({url})\n\n[lien]({url})\n\n<img src='{url}'>\n\n<{url}>\n"
            ).encode(),
        )
        yield "fiches.csv", f'Titre;Pays\n"=WEBSERVICE(""{url}"")";{url}\n'.encode()
        yield "fiches.json", json.dumps([{"Titre": "Un puits", "Site": url, "$ref": url}]).encode()
        own = {"title": "Un puits", "links": [{"label": "ici", "url": url}]}
        yield "projets.json", json.dumps([{"fiche": own}]).encode()
        yield (
            "xml.xml",
            (
                f'<?xml version="1.0"?><?xml-stylesheet href="{url}"?>'
                f'<!DOCTYPE x SYSTEM "{url}" [<!ENTITY f SYSTEM "{url}">]>'
                "<iati-activities><iati-activity><title>&f;</title></iati-activity></iati-activities>"
            ).encode(),
        )
        yield (
            "inclus.xml",
            (
                '<iati-activities xmlns:xi="http://www.w3.org/2001/XInclude" '
                'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
                f'xsi:noNamespaceSchemaLocation="{url}"><iati-activity><title><narrative>Un puits'
                f'</narrative></title><xi:include href="{url}" parse="text"/>'
                f"<activity-website>{url}</activity-website></iati-activity></iati-activities>"
            ).encode(),
        )
        yield (
            "liens.xlsx",
            xlsx(
                xl__externalLinks__externalLink1_dot_xml="<externalLink/>",
                xl__externalLinks___rels__externalLink1_dot_xml_dot_rels=relations(
                    ("rId1", "externalLinkPath", url)
                ),
            ),
        )
        yield (
            "liens.ods",
            odt(f'<text:p><draw:frame><draw:image xlink:href="{url}"/></draw:frame></text:p>'),
        )


def read(name: str, data: bytes) -> str:
    """Import a file as the jobs do; return all that was read of it, or the refusal."""
    try:
        kind, mapping = kind_of(name, data)
        guessed = mapping.get("guessed", {})
        return repr(list(readings(kind, data, name, guessed)))
    except UnreadableSheet as refusal:
        return str(refusal)


def test_the_canary_server_records_the_requests_that_reach_it(canary: Canary) -> None:
    with urlopen(canary.url) as answer:
        assert answer.status == 200
    assert canary.heard == ["GET /canari HTTP/1.1"]


def test_no_imported_file_makes_the_server_fetch_a_url_or_read_a_file(
    canary: Canary, disk: str, record_property: Callable[[str, object], None]
) -> None:
    count = 0
    for name, data in to_import(canary.url, disk):
        assert SECRET not in read(name, data), name
        if name.endswith((".csv", ".xlsx", ".ods", ".json")):
            with suppress(UnreadableSheet):
                assert SECRET not in str(list(rows_of(data, name))), name
        count += 1
    assert canary.heard == []
    record_property("figure", f"{count} imported files with its address: 0 hits on the canary")


def test_no_uploaded_document_makes_the_server_fetch_a_url(
    canary: Canary,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    monkeypatch.setattr(hostile, "URL", canary.url)
    files = hostile.hostile()
    assert any(canary.url.encode() in each for each in files.values())
    names = list(files) if SOAK else list(files)[::8]
    for name in names:
        try:
            sanitize(files[name], PAPERS)
        except ActionNotAllowed:
            continue
    for name in ("png", "svg"):
        with pytest.raises(ActionNotAllowed):
            sanitize_photo(f'<svg xmlns:x="x"><image href="{canary.url}.{name}"/></svg>'.encode())
    assert canary.heard == []
    record_property("figure", f"{len(names)} documents with its address: 0 hits on the canary")


def test_generating_a_pdf_never_makes_the_server_fetch_a_url_or_read_a_file(
    canary: Canary, disk: str
) -> None:
    for url in (canary.url, disk, disk.removeprefix("file://")):
        words = (
            f'#image("{url}") #include "{url}" #read("{url}") #link("{url}")[x] {url} '
            f'<img src="{url}"> ![x]({url}) $ #import "{url}" $'
        )
        data = {
            "issuer": {"name": words, "lines": [words], "accent": words},
            "kicker": words,
            "facts": [[words, words]],
            "sections": [{"title": words, "paragraphs": [words], "list": [words]}],
            "signatures": [{"party": words, "name": words, "signed": words}],
            "verification": proof("ABCD-EFGH-JKMN", url),
        }
        assert SECRET.encode() not in render("document.typ", data, title=words)
    assert canary.heard == []


@pytest.mark.django_db
def test_no_page_or_file_of_a_sheet_makes_the_server_fetch_a_url_or_read_a_file(
    canary: Canary, disk: str, record_property: Callable[[str, object], None]
) -> None:
    words = " ".join(f"![x]({url}) [y]({url}) <img src='{url}'>" for url in (canary.url, disk))
    content = {"title": f"Un puits {words}", "context": words, "objectives": words,
               "links": [{"label": "Le site du puits", "url": canary.url}]}  # fmt: skip
    sheet = SheetFactory(slug="puits", title="Un puits", content=content)
    urls = [f"/projets/{sheet.slug}/", f"/api/v1/projets/{sheet.slug}", "/flux/projets.atom"]
    urls += [f"/projets/{sheet.slug}.{form}" for form in MIMES]
    urls += ["/projets/", "/", "/carte/", "/sitemap-fiches.xml"]
    for url in urls:
        answer = Client().get(url)
        assert answer.status_code == 200, url
        assert SECRET.encode() not in answer.content, url
    for write in WRITERS.values():
        write(out := BytesIO(), [])
        assert SECRET.encode() not in out.getvalue()
    assert canary.heard == []
    count = len(urls) + len(WRITERS)
    record_property("figure", f"{count} pages and files with its address: 0 hits on the canary")


def test_checking_an_iati_file_never_makes_the_server_fetch_a_url_or_read_a_file(
    canary: Canary, disk: str
) -> None:
    for name, data in to_import(canary.url, disk):
        if name.endswith(".xml"):
            try:
                found = repr(check_iati(data, today=date(2026, 11, 30)))
            except UnreadableFile as refusal:
                found = str(refusal)
            assert SECRET not in found
    assert canary.heard == []
