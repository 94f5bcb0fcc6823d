"""The pages of the directory, served by granian; the CPU time of the database is measured too."""

from pathlib import Path
from typing import Any

from .asking import Page, Server, cost, first
from .invented import QUARTER, USUAL
from .processes import cpu_of_database, cpu_of_server, free_port, memory_of, serving

API = "/api/v1/projets?limit=50"
FAR = 50 * 999  # sheets before the thousandth page of the API


def pages(size: int) -> list[Page]:
    """Return the pages to measure. The list always counts its facets, so it has two names.

    The sheet is the one in the middle. The far page of the API is the thousandth, or the last.
    """
    from explor.public.directory.selectors import Filters, search

    order = search(Filters()).order
    before = min(FAR, size - 50)
    held = f"/projets/projet-{size // 2}/"
    packed = {"Accept-Encoding": "gzip"}
    return [
        Page(name="list", path="/projets/"),
        Page(name="list, compressed", path="/projets/", headers=packed),
        Page(name="list + facets", path="/projets/"),
        Page(name="one facet chosen", path="/projets/?secteur=EAU"),
        Page(name="text + facets", path=f"/projets/?q={USUAL}"),
        Page(name="wide text + facets", path=f"/projets/?q={QUARTER}"),
        Page(name="map", path="/carte/"),
        Page(name="sheet", path=held),
        Page(name="sheet, each another", path="/projets/projet-{}/", among=size),
        Page(name="sheet, again", path=held, again=True),
        Page(name="list, again", path="/projets/", again=True),
        Page(name="figures", path="/chiffres/"),
        Page(name="API, 50", path=API),
        Page(name="API, 50, far", path=f"{API}&cursor={order[before - 1]}-{before}"),
    ]


def measure(size: int, postmaster: int, folder: Path) -> dict[str, Any]:
    """Measure every page with one worker, and the start-up and the memory of the process."""
    from explor.site.cli.serve import program

    port = free_port()
    command = program("127.0.0.1", port, 1)
    with serving(command, port, "/sante", folder / "granian.log") as pid:
        server = Server(port=port, spent=lambda: (cpu_of_server(pid), cpu_of_database(postmaster)))
        results: dict[str, Any] = {"first": first(server, "/projets/")}
        results["pages"] = {
            page.name: {**cost(server, page), "queries": queries_of(page)} for page in pages(size)
        }
        results["memory_mb"] = round(memory_of(pid))
        _touch()
        results["after a change"] = first(server, "/projets/")
    return results


def _touch() -> None:
    """Save a published sheet again, so that the revision number of the search index increases."""
    from explor.journey.sheets.models import ProjectSheet

    row = ProjectSheet.objects.published().order_by("pk").first()
    if row is not None:
        row.save()


def queries_of(page: Page) -> int:
    """Return how many SQL queries the page runs in this process, once warm."""
    from django.db import connection
    from django.test import Client

    client, wanted = Client(), []

    def counted(execute: Any, sql: str, *rest: Any) -> Any:
        wanted.append(sql)
        return execute(sql, *rest)

    headers = dict(page.headers)
    held = client.get(page.at(0), headers=headers)
    if page.again:
        headers["If-None-Match"] = held.headers["ETag"]
    with connection.execute_wrapper(counted):
        client.get(page.at(1), headers=headers)
    return len(wanted)
