"""People who read pages, in one process, one thread each: JSON on standard input and output.

The process does not use the code of Explor: it requests its pages, as a browser does.
"""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from random import Random
from typing import Any

Answer = tuple[str, str, float]  # page, status (the error without an answer), milliseconds


def read(port: int, page: str, url: str, session: str) -> Answer:
    """Request a page on a connection of its own; return the status and the time of the answer."""
    began = time.perf_counter()
    try:
        client = HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Cookie": f"sessionid={session}"} if session else {}
        client.request("GET", url, headers=headers)
        answer = client.getresponse()
        answer.read()
        client.close()
        status = str(answer.status)
    except (OSError, HTTPException) as error:
        status = type(error).__name__
    return page, status, 1000 * (time.perf_counter() - began)


def use(given: dict[str, Any], number: int) -> list[Answer]:
    """Simulate user `number`: read random pages until the end, with pauses between them."""
    random, user = Random(number), given["users"][number]
    low, high = given["think"]
    answers: list[Answer] = []
    time.sleep(random.uniform(0, high))
    while time.time() < given["end"]:
        page = random.choice(sorted(user["pages"]))
        answers.append(read(given["port"], page, user["pages"][page], user["session"]))
        time.sleep(random.uniform(low, high))
    return answers


def watch(given: dict[str, Any]) -> list[Answer]:
    """Request the health check `/sante` twice a second until the end; return the answers."""
    answers = []
    while time.time() < given["end"]:
        answers.append(read(given["port"], "/sante", "/sante", ""))
        time.sleep(0.5)
    return answers


def main() -> None:
    given = json.load(sys.stdin)
    with ThreadPoolExecutor(len(given["users"]) + 1) as threads:
        health = threads.submit(watch, given)
        done = threads.map(lambda number: use(given, number), range(len(given["users"])))
        json.dump([answer for answers in done for answer in answers] + health.result(), sys.stdout)


if __name__ == "__main__":
    main()
