"""Views are private by default: the public views are those of a list, changed by hand."""

from django.urls import URLPattern, URLResolver, get_resolver

from explor.ground.http.access import PUBLIC_VIEWS

from . import house

OPEN = set((house.ROOT / "tests" / "architecture" / "open_views.txt").read_text().split())


def patterns(resolver: URLResolver) -> list[URLPattern]:
    found: list[URLPattern] = []
    for each in resolver.url_patterns:
        found += patterns(each) if isinstance(each, URLResolver) else [each]
    return found


def test_the_views_open_without_signing_in_are_those_of_the_agreed_list() -> None:
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
    # A person opens a profile before having the role of an expert.
    assert bare <= {"explor.actors.experts.views.expert.open_profile"}
