"""All URLs: those of each application, under the prefix of their role (such as `expert/`)."""

from importlib import import_module
from importlib.util import find_spec

from allauth.account.decorators import reauthentication_required
from allauth.account.views import PasswordSetView
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

ROLES = {
    "public": "",
    "account": "compte/",
    "association": "association/<slug:key>/",
    "expert": "expert/",
    "employeur": "employeur/<slug:key>/",
    "partenaire": "partenaire/<str:link>/",
    "reseau": "reseau/<slug:key>/",
    "comite": "comite/<slug:key>/",
    "coordination": "coordination/",
    "financeur": "financeur/<slug:key>/",
    "administration": "administration/",
}


def capability(module: str) -> list[URLPattern | URLResolver]:
    """Return the URL patterns of an application, each list under the prefix of its role."""
    if find_spec(f"{module}.urls") is None:
        return []
    urls = import_module(f"{module}.urls")
    lists = [
        path(prefix, include(patterns))
        for role, prefix in ROLES.items()
        if (patterns := getattr(urls, role, []))  # empty lists would slow down every URL lookup
    ]
    return [path("", include((lists, module.rpartition(".")[2])))]


# allauth lets an open session set a first password, which would then give permanent access.
set_password = reauthentication_required(PasswordSetView.as_view())
urlpatterns = [
    path("compte/password/set/", set_password, name="account_set_password"),
    path("compte/", include("allauth.urls")),
    *(pattern for module in settings.CAPABILITIES for pattern in capability(module)),
]
handler400 = "explor.ground.http.errors.bad_request"
handler403 = "explor.ground.http.errors.permission_denied"
handler404 = "explor.ground.http.errors.page_not_found"
handler500 = "explor.ground.http.errors.server_error"
handler429 = "explor.ground.http.errors.too_many"  # called by allauth
