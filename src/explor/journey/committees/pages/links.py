"""Links that meetings, decisions and later capabilities add to the pages of the committee."""

from typing import Any, NamedTuple

from explor.ground.http.request import Request
from explor.ground.ui import hooks

PAGES = {
    "member": "what a member may download and, for the chair, leads; callable(request, member)",
    "network": "what a network does with the needs of a call; callable(request, call)",
}
for page, purpose in PAGES.items():
    hooks.define(f"committees:links:{page}", f"{purpose} -> list[Link]")


class Link(NamedTuple):
    """A link with its label; `download` is true when it leads to a file."""

    label: str
    url: str
    download: bool = False


def links(request: Request, page: str, subject: Any) -> list[Link]:
    """Return the links registered for `page`, a key of `PAGES`, and built for `subject`."""
    builders = hooks.get(f"committees:links:{page}")
    return [link for build in builders for link in build(request, subject)]
