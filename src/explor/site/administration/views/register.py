"""The register of processing of personal data, its files, and the impact analysis."""

from django.http import HttpResponse

from explor.ground.http.limits import COSTLY, limited
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.privacy import pages
from explor.ground.roles.registry import role_required
from explor.ground.ui.docx import MIME
from explor.ground.ui.export import csv_file


@role_required("administration")
def register(request: Request) -> HttpResponse:
    """Show the register of processing of personal data, with links to download it."""
    columns = ["Traitement", "But et base légale", "Qui lit", "Durée", "Données"]
    rows = [(each, durations, pages.data_of(each)) for each, durations in pages.public_rows()]
    return render_page(request, "administration/register.html", {"rows": rows, "columns": columns})


@role_required("administration")
def register_csv(request: Request) -> HttpResponse:
    return csv_file("registre-des-traitements", pages.HEADINGS, pages.register_rows())


@limited(COSTLY)
@role_required("administration")
def register_docx(request: Request) -> HttpResponse:
    return _document("registre-des-traitements", pages.register_document())


@limited(COSTLY)
@role_required("administration")
def impact(request: Request) -> HttpResponse:
    return _document("analyse-d-impact", pages.impact_document())


def _document(name: str, content: bytes) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=MIME,
        headers={"Content-Disposition": f'attachment; filename="{name}.docx"'},
    )
