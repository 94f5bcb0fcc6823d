"""Measure of the cost of a page: CPU time of the server and its database, one request at a time."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any

ENOUGH = 1.0  # CPU seconds: long enough for the clock's tick of 10 ms to add little error
LONG, LEAST, WARM = 10.0, 5, 12  # most seconds, fewest requests, requests not measured


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page to request. With `again`, the request sends the ETag of the copy already received.

    With `among`, the path holds a « {} », which each request replaces with another number lower
    than `among`.
    """

    name: str
    path: str
    again: bool = False
    among: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)

    def at(self, number: int) -> str:
        """Return the path of a request; 7019 is prime, so that few numbers are repeated."""
        return self.path.format(number * 7019 % self.among) if self.among else self.path


@dataclass(frozen=True, kw_only=True)
class Server:
    """A server to measure: its port, and the CPU seconds spent so far (server, database)."""

    port: int
    spent: Callable[[], tuple[float, float]]


def cost(server: Server, page: Page) -> dict[str, Any]:
    """Return CPU milliseconds per request, kilobytes sent, and how many requests were measured."""
    client = HTTPConnection("127.0.0.1", server.port, timeout=60)
    headers = dict(page.headers)
    status, size, etag = _get(client, page.at(0), headers)
    if page.again:
        headers["If-None-Match"] = etag
    for number in range(WARM):
        status, size, _ = _get(client, page.at(number), headers)
    if status != (304 if page.again else 200):
        raise SystemExit(f"{page.at(0)} : {status}")
    web, database = server.spent()
    began, count, spent = time.monotonic(), 0, 0.0
    while count < LEAST or (spent < ENOUGH and time.monotonic() - began < LONG):
        _get(client, page.at(WARM + count), headers)
        count += 1
        spent = sum(server.spent()) - web - database if count % 5 == 0 else spent
    after_web, after_database = server.spent()
    return {
        "cpu_ms": round(1000 * (after_web - web + after_database - database) / count, 2),
        "web_ms": round(1000 * (after_web - web) / count, 2),
        "database_ms": round(1000 * (after_database - database) / count, 2),
        "kb": round(size / 1000, 1),
        "requests": count,
    }


def first(server: Server, path: str) -> dict[str, float]:
    """Return CPU and elapsed milliseconds of the first request after a start or a change."""
    before, began = sum(server.spent()), time.monotonic()
    _get(HTTPConnection("127.0.0.1", server.port, timeout=60), path, {})
    wall = time.monotonic() - began
    return {"cpu_ms": round(1000 * (sum(server.spent()) - before)), "wall_ms": round(1000 * wall)}


def _get(client: HTTPConnection, path: str, headers: dict[str, str]) -> tuple[int, int, str]:
    client.request("GET", path, headers=headers)
    response = client.getresponse()
    return response.status, len(response.read()), response.headers.get("ETag", "")
