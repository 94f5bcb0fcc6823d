"""Rendering of a page with the HTTP status of its form."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def render_page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None
) -> HttpResponse:
    """Render `template` with the HTTP status of the form `context["form"]`, or 200 without form."""
    context = context or {}
    form = context.get("form")
    return render(request, template, context, status=form.status if form else 200)
