from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from explor.ground.roles.registry import role_required

from . import views
from .models import kind_named


def import_urls(kind: str, *, role: str, imports: str, files: str, lines: str) -> list[URLPattern]:
    """Return the URL patterns of an import kind, except the upload, which each kind defines.

    Args:
        kind: the name of the import kind, which is the name of its workflow.
        role: the role that may import.
        imports: the path of the list of imports.
        files: the path under which each file has its pages.
        lines: the path under which each line has its page `keep`.
    """
    options, own = {"kind": kind}, f"{files}<int:pk>/"
    wanted: list[tuple[str, Callable[..., HttpResponse], str]] = [
        (imports, views.imports, "imports"),
        (f"{own}colonnes/", views.columns, "import_columns"),
        (f"{own}arreter/", views.stop, "import_stop"),
        (f"{lines}<int:pk>/", views.keep, "import_line"),
    ]
    verb_pages = views.verb_pages(kind_named(kind), own)
    return [
        path(
            own,
            role_required(role)(views.imported_file),
            {**options, "verb_pages": verb_pages},
            name=f"{role}_import_file",
        ),
        *(
            path(route, role_required(role)(view), options, name=f"{role}_{name}")
            for route, view, name in wanted
        ),
        *verb_pages.urls(role),
    ]
