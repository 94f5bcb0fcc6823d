"""Public pages: home, presentation of the programme, site map, legal pages, health checks."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from explor.actors.networks.models import Network
from explor.ground.http.access import public
from explor.ground.http.conditional_get import conditional_get
from explor.ground.http.views import render_page
from explor.ground.privacy import pages as privacy_pages
from explor.ground.roles.context import menu_of
from explor.ground.ui import hooks
from explor.public.directory import pages as directory
from explor.public.directory import selectors

from .. import notice
from ..pictures import home_pictures


@public
@require_safe
@conditional_get(selectors.index_revision)
def home(request: HttpRequest) -> HttpResponse:
    """Show the public home page: how to sign in, the map, the latest project sheets."""
    figures = directory.home_figures()
    return render_page(request, "home/home.html", {**figures, **home_pictures(figures)})


@public
@require_safe
def scheme(request: HttpRequest) -> HttpResponse:
    """Show how the programme works, with its networks."""
    networks = Network.objects.filter(in_explor=True)
    return render_page(request, "home/scheme.html", {"networks": networks})


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility declaration: compliance status, criteria, and how to complain."""
    return render_page(request, "home/accessibility.html", notice.declaration())


@public
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Show all pages that a menu leads to, for the public and in each role of the person."""
    spaces = [(role, menu_of(role)) for role in request.roles]  # type: ignore[attr-defined]
    return render_page(request, "home/sitemap.html", {"spaces": spaces})


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show which personal data are kept, why, who may read them and for how long."""
    columns = ["Données", "Pourquoi", "Qui les lit", "Combien de temps"]
    rows, notices = privacy_pages.public_rows(), privacy_pages.notices()
    context = {"rows": rows, "notices": notices, "columns": columns}
    return render_page(request, "home/privacy.html", context)


@public
@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    """Show the publisher and the host of this site, as given in the settings."""
    return render_page(request, "home/legal.html", {"facts": notice.facts()})


@public
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Health check: always respond 200, which shows that the process is running."""
    return JsonResponse({"status": "ok", "demo": settings.EXPLOR_DEMO})


@public
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Health check: respond 200 if the database can be reached, else 503.

    `remarks` lists in French the problems that do not prevent the site from responding, and how to
    fix them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    findings = [finding for check in hooks.get("health") for finding in check()]
    remarks = [
        {"what": each.what, "said": each.observed, "mend": each.fix}
        for each in findings
        if not each.fine and each.matters
    ]
    return JsonResponse({"status": "ok", "database": "ok", "remarks": remarks})
