"""Draw a page with the status that its form asks for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def render_page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None
) -> HttpResponse:
    """Render `template`; the status is that of the form in `context["form"]`, 200 without form."""
    context = context or {}
    form = context.get("form")
    return render(request, template, context, status=form.status if form else 200)
