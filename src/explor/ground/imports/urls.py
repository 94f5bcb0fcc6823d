from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from explor.ground.roles.registry import role_required

from . import views
from .models import kind_named


def import_urls(kind: str, *, role: str, imports: str, files: str, lines: str) -> list[URLPattern]:
    """Return the pages of a kind of import, all but the upload, which each kind writes.

    Args:
        kind: the name of the kind, that of its table of states.
        role: the role that imports.
        imports: the address of the list.
        files: the address under which each file has its pages.
        lines: the address under which each line has its choice.
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
