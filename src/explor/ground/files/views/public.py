"""Public pages that show whether a network issued a document and whether it is still valid."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from explor.ground.http.access import public
from explor.ground.http.views import render_page

from ..forms import CodeForm
from ..selectors import find_seal


@public
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Show the form in which a code is typed; redirect a well-formed code to the page `verdict`."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("files:verify", form.cleaned_data["code"])
    return render_page(request, "files/public_verify.html", {"form": form})


@public
@require_safe
@never_cache
def verdict(request: HttpRequest, code: str) -> HttpResponse:
    """Show whether the document that bears a code is valid or revoked; 404 for an unknown code."""
    seal = find_seal(code)
    response = render_page(request, "files/public_verdict.html", {"seal": seal, "form": CodeForm()})
    response.status_code = 200 if seal else 404
    response["X-Robots-Tag"] = "noindex"
    return response
