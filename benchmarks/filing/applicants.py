"""Applicants in one process, one thread each: JSON on standard input, JSON on standard output.

The process does not use the code of Explor: it requests its pages, as a browser does.
"""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

READ = 2.0  # seconds between opening the page and submitting its form


class Fields(HTMLParser):
    """Parser that collects the hidden fields of the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "input" and attributes.get("type") == "hidden" and attributes.get("name"):
            self.values[str(attributes["name"])] = attributes.get("value") or ""


def file(port: int, applicant: dict[str, Any], pk: int) -> list[dict[str, Any]]:
    """Open the page, wait, submit the form; return the response and duration of each request."""
    path = f"{applicant['path']}{pk}/deposer/"
    time.sleep(max(0.0, applicant["at"] - READ - time.time()))
    client = HTTPConnection("127.0.0.1", port, timeout=60)
    cookie = f"sessionid={applicant['session']}"
    client.request("GET", path, headers={"Cookie": cookie})
    answer = client.getresponse()
    fields = Fields()
    fields.feed(answer.read().decode())
    token = (answer.getheader("Set-Cookie") or "").partition(";")[0]
    headers = {"Cookie": f"{cookie}; {token}", "Content-Type": "application/x-www-form-urlencoded"}
    body = urlencode(fields.values)
    presses = 2 if applicant["twice"] else 1
    with ThreadPoolExecutor(presses) as hands:
        pending = [
            hands.submit(press, port, path, body, headers, applicant) for _ in range(presses)
        ]
        return [{"need": pk, **each.result()} for each in pending]


def press(
    port: int, path: str, body: str, headers: dict[str, str], applicant: dict[str, Any]
) -> dict[str, Any]:
    """Submit the form once, at the chosen instant."""
    client = HTTPConnection("127.0.0.1", port, timeout=60)
    time.sleep(max(0.0, applicant["at"] - time.time()))
    began = time.perf_counter()
    client.request("POST", path, body, headers)
    answer = client.getresponse()
    answer.read()
    return {"status": answer.status, "ms": round(1000 * (time.perf_counter() - began), 1)}


def main() -> None:
    """Submit every need of every applicant given, all at the same time."""
    given = json.load(sys.stdin)
    pairs = [(each, pk) for each in given["applicants"] for pk in each["needs"]]
    with ThreadPoolExecutor(len(pairs)) as threads:
        answers = threads.map(lambda pair: file(given["port"], *pair), pairs)
        json.dump([press for presses in answers for press in presses], sys.stdout)


if __name__ == "__main__":
    main()
