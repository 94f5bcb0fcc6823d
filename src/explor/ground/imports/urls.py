from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from explor.ground.roles.registry import role_required

from . import views


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
        (own, views.imported_file, "import_file"),
        (f"{own}colonnes/", views.columns, "import_columns"),
        (f"{own}arreter/", views.stop, "import_stop"),
        (f"{own}<str:verb>/", views.act, "import_act"),
        (f"{lines}<int:pk>/", views.keep, "import_line"),
    ]
    return [
        path(route, role_required(role)(view), options, name=f"{role}_{name}")
        for route, view, name in wanted
    ]
