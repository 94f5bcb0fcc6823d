"""Public pages that show whether a network issued a document and whether it is still valid."""

from allauth.core.ratelimit import consume
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from explor.ground.audit.rules.blocks import line_of
from explor.ground.audit.selectors import last_head
from explor.ground.http.access import public
from explor.ground.http.limits import UPLOADS, limited
from explor.ground.http.replay import repeatable
from explor.ground.http.views import render_page

from ..forms import CodeForm, FileForm
from ..selectors import find_seal, verdict_on
from .uploads import DigestHandler


@limited(UPLOADS)
@repeatable("it reads a file, and saves nothing")
@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def verify(request: HttpRequest) -> HttpResponse:
    """Show and handle two forms that check a document, by its code or by its file.

    The CSRF token is checked by `_verify_file`, after the upload handler is set: checking the token
    reads the whole request, and the file must not be stored.
    """
    if request.method == "POST":
        if not consume(request, action="verify_file"):
            return _forms(request, FileForm(), status=429)
        request.upload_handlers = [DigestHandler(request)]
        return _verify_file(request)
    codes = CodeForm(request.GET if "code" in request.GET else None)
    if codes.is_bound and codes.is_valid():
        return redirect("files:verify", codes.cleaned_data["code"])
    return _forms(request, FileForm(), codes=codes)


@csrf_protect
def _verify_file(request: HttpRequest) -> HttpResponse:
    """Show whether an uploaded file is a document of this site, a changed one, or neither."""
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _forms(request, form, status=422)
    file = form.cleaned_data["file"]
    verdict, seal = verdict_on(sha256=file.sha256, content=file.read())
    context = {"verdict": verdict, "seal": seal, "codes": CodeForm()}
    return render_page(request, "files/public_file.html", context)


@public
@require_safe
@never_cache
def verdict(request: HttpRequest, code: str) -> HttpResponse:
    """Show whether the document with this code is valid, revoked or replaced; 404 when unknown."""
    seal = find_seal(code)
    context = {"seal": seal, "codes": CodeForm()}
    response = render_page(request, "files/public_verdict.html", context)
    response.status_code = 200 if seal else 404
    response["X-Robots-Tag"] = "noindex"
    return response


def _forms(
    request: HttpRequest, files: FileForm, *, codes: CodeForm | None = None, status: int = 200
) -> HttpResponse:
    files.status = status
    head = last_head()
    context = {
        "form": files,
        "files": files,
        "codes": codes or CodeForm(),
        "head": line_of(head) if head else "",
    }
    return render_page(request, "files/public_verify.html", context)
