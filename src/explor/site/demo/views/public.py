"""Pages to sign in as any role, see the emails and download example files to import.

They are available only in demonstrations.
"""

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from explor.ground.http.access import public
from explor.ground.http.replay import repeatable
from explor.ground.http.views import render_page
from explor.ground.mail.models import Message
from explor.ground.ui.export import template_file

from .. import taken_over
from ..season import ACCOUNTS, accounts

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@repeatable("it signs in; the session is the same")
@public
def demo(request: HttpRequest) -> HttpResponse:
    """Show one button per role; pressing a button signs in with an account that has this role."""
    if not settings.EXPLOR_DEMO:
        raise Http404
    if request.method == "POST":
        email = request.POST.get("email", "")
        if email not in dict(ACCOUNTS).values():
            raise Http404
        login(request, get_object_or_404(get_user_model(), email=email), backend=BACKEND)
        return redirect("/compte/")
    return render_page(request, "demo/demo.html", {"accounts": accounts()})


@public
def example(request: HttpRequest, *, faults: bool = False) -> HttpResponse:
    """Download a workbook of invented rows, to try the import of what began before Explor."""
    if not settings.EXPLOR_DEMO:
        raise Http404
    name = "explor-exemple-avec-fautes" if faults else "explor-exemple"
    return template_file(name, taken_over.example(faults=faults))


@public
def mail(request: HttpRequest) -> HttpResponse:
    """List the emails of the demonstration, latest first; `?a=` filters by address."""
    if not settings.EXPLOR_DEMO:
        raise Http404
    to = request.GET.get("a", "").strip()
    messages = Message.objects.order_by("-pk")
    if to:
        messages = messages.filter(to__icontains=to)
    rows = Paginator(messages, 20).get_page(request.GET.get("page"))
    return render_page(request, "demo/mail.html", {"rows": rows, "to": to})
