"""The software compared: datasette 0.65 on the same rows, in SQLite with a full-text index.

The set-up « tuned » declares four facets and an order, and lets datasette suggest no other facet;
« as installed » declares nothing, and the facets are requested in the URL.
"""

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .asking import Page, Server, cost, first
from .invented import QUARTER, USUAL
from .processes import cpu_of_server, free_port, memory_of, serving

PROGRAM = Path(__file__).parents[2] / ".venv" / "datasette" / "bin" / "datasette"
FACETS = ("country", "sector", "network", "year")
COLUMNS = (
    "id",
    "slug",
    "title",
    "lead_organisation",
    "locality",
    *FACETS,
    "published",
    "purpose",
    "rest",
)
TABLE = f"""
CREATE TABLE sheets (
    id INTEGER PRIMARY KEY, slug TEXT UNIQUE, title TEXT, lead_organisation TEXT, locality TEXT,
    country TEXT, sector TEXT, network TEXT, year INTEGER, published INTEGER,
    purpose TEXT, rest TEXT
);
CREATE VIRTUAL TABLE sheets_fts USING fts5 (
    title, lead_organisation, locality, purpose, rest, content='sheets', content_rowid='id',
    tokenize="unicode61 remove_diacritics 2"
);
{"".join(f"CREATE INDEX by_{name} ON sheets ({name});" for name in (*FACETS, "published"))}
"""
TUNED = {
    "databases": {
        "data": {"tables": {"sheets": {"facets": FACETS, "sort_desc": "published", "size": 20}}}
    }
}
SETTINGS = ("--setting", "suggest_facets", "off", "--setting", "default_page_size", "20")


def write(path: Path, rows: Iterable[tuple[Any, ...]]) -> None:
    """Delete the SQLite database of datasette if there is one, and write it again."""
    path.unlink(missing_ok=True)
    base = sqlite3.connect(path)
    base.executescript(TABLE)
    marks = ", ".join("?" * len(COLUMNS))
    base.executemany(f"INSERT INTO sheets VALUES ({marks})", rows)
    base.execute("INSERT INTO sheets_fts (sheets_fts) VALUES ('rebuild')")
    base.execute("ANALYZE")
    base.commit()
    base.close()


def measure(data: Path, size: int) -> dict[str, Any]:
    """Return the costs of both set-ups of datasette, page by page, by name of set-up.

    When datasette is not installed, return {"missing": a French sentence}.
    """
    if not PROGRAM.exists():
        return {"missing": "datasette : lancez scripts/peers"}
    return {how: _measure(data, how == "tuned", size) for how in ("tuned", "as installed")}


def _measure(data: Path, tuned: bool, size: int) -> dict[str, Any]:
    port = free_port()
    command = [str(PROGRAM), "serve", str(data), "--port", str(port)]
    if tuned:
        metadata = data.with_name("metadata.json")
        metadata.write_text(json.dumps(TUNED))
        command += ["--metadata", str(metadata), *SETTINGS]
    with serving(command, port, "/-/versions.json", data.with_name("datasette.log")) as pid:
        server = Server(port=port, spent=lambda: (cpu_of_server(pid), 0.0))
        start = first(server, "/data/sheets")
        pages = {page.name: cost(server, page) for page in _pages(data, tuned, size)}
        return {"first": start, "pages": pages, "memory_mb": round(memory_of(pid))}


def _pages(data: Path, tuned: bool, size: int) -> list[Page]:
    wanted = "" if tuned else "&".join(f"_facet={name}" for name in FACETS)
    before = min(50 * 999, size - 50)
    base = sqlite3.connect(data)
    token = base.execute(
        "SELECT published, id FROM sheets ORDER BY published DESC, id LIMIT 1 OFFSET ?",
        [before - 1],
    ).fetchone()
    (middle,) = base.execute(
        "SELECT id FROM sheets WHERE slug = ?", [f"projet-{size // 2}"]
    ).fetchone()
    base.close()
    api = "/data/sheets.json?_size=50&_sort_desc=published"
    return [
        Page(name="list", path="/data/sheets" + ("?_nofacet=1" if tuned else "")),
        Page(name="list + facets", path=f"/data/sheets?{wanted}"),
        Page(name="one facet chosen", path=f"/data/sheets?sector=EAU&{wanted}"),
        Page(name="text + facets", path=f"/data/sheets?_search={USUAL}&{wanted}"),
        Page(name="wide text + facets", path=f"/data/sheets?_search={QUARTER}&{wanted}"),
        Page(name="sheet", path=f"/data/sheets/{middle}"),
        Page(name="API, 50", path=api),
        Page(name="API, 50, far", path=f"{api}&_next={token[0]},{token[1]}"),
        Page(name="API, 50, without facets", path=f"{api}&_nofacet=1"),
    ]
