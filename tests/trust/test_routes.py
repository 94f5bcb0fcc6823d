"""Each route leads to its own view: none hides behind a wider one that comes before it."""

import re

from django.urls import resolve

from .world import routes

SAMPLES = {"int": "7", "slug": "mot", "str": "mot", "uuid": "0" * 8 + "-0000" * 3 + "-" + "0" * 12}


def sample(route: str) -> str:
    """A URL of the route; "" for one with a converter of ours, which says itself what it takes."""
    kinds = re.findall(r"<(\w+):", route)
    if not set(kinds) <= set(SAMPLES):
        return ""
    return "/" + re.sub(r"<(\w+):\w+>", lambda found: SAMPLES[found[1]], route)


def test_each_route_is_reached() -> None:
    hidden = {
        route: resolve(url).route
        for route, _ in routes()
        if (url := sample(route)) and resolve(url).route != route
    }
    assert hidden == {}
