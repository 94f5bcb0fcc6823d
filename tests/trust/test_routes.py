"""Each URL resolves to its own route, which no broader earlier route shadows."""

import re

from django.urls import resolve

from .world import routes

SAMPLES = {"int": "7", "slug": "mot", "str": "mot", "uuid": "0" * 8 + "-0000" * 3 + "-" + "0" * 12}


def sample(route: str) -> str:
    """Return a sample URL of the route; "" when it has a custom path converter."""
    kinds = re.findall(r"<(\w+):", route)
    if not set(kinds) <= set(SAMPLES):
        return ""
    return "/" + re.sub(r"<(\w+):\w+>", lambda found: SAMPLES[found[1]], route)


def test_the_url_of_each_route_resolves_to_that_same_route() -> None:
    hidden = {
        route: resolve(url).route
        for route, _ in routes()
        if (url := sample(route)) and resolve(url).route != route
    }
    assert hidden == {}
