"""Closed by default: what anyone may read is a list, frozen here and changed by hand."""

from django.urls import URLPattern, URLResolver, get_resolver

from explor.ground.http.access import PUBLIC_VIEWS

from . import house

OPEN = set((house.ROOT / "tests" / "architecture" / "open_views.txt").read_text().split())


def patterns(resolver: URLResolver) -> list[URLPattern]:
    found: list[URLPattern] = []
    for each in resolver.url_patterns:
        found += patterns(each) if isinstance(each, URLResolver) else [each]
    return found


def test_the_list_of_open_views_is_the_one_agreed() -> None:
    assert patterns(get_resolver()) != []
    assert PUBLIC_VIEWS == OPEN


def test_every_private_view_requires_a_role_or_is_an_account_page() -> None:
    bare = {
        f"{view.__module__}.{view.__qualname__}"
        for pattern in patterns(get_resolver())
        if (view := pattern.callback) and view.__module__.startswith("explor.")
        if getattr(view, "login_required", True)
        and not hasattr(view, "role_type")
        and not view.__module__.endswith(".account")
    }
    # One opens a profile before one holds the role of an expert.
    assert bare <= {"explor.actors.experts.views.expert.open_profile"}
