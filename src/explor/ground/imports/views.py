"""Pages of an imported file, shared by every import kind; the URL pattern passes `kind`."""

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.ui.submit import run_once, submit
from explor.ground.workflow.pages import Verb, VerbPages

from . import actions, pages, rules, selectors
from .forms import ColumnsForm
from .models import ImportKind, kind_named, kind_of

READ_DONE = "La lecture commence."


def verb_pages(kind: ImportKind, route: str) -> VerbPages:
    """Return the confirmation pages of an import kind, at the URL `route` of its files."""
    return VerbPages(
        kind.namespace,
        route,
        load=partial(load, kind.name),
        back=pages.home_of,
        workflow=kind.model.workflow,
        verbs=(
            Verb(
                actions.read,
                "lire",
                url_name="import_read",
                label=pages.label_of_read,
                can=rules.can_import,
                blockers=pages.blockers_of_read,
                effects=pages.effects_of_read,
                done=READ_DONE,
            ),
            Verb(
                actions.make,
                kind.make_slug,
                url_name="import_make",
                can=rules.can_import,
                blockers=pages.blockers_of_make,
                effects=pages.effects_of_make,
                done=kind.make_done,
            ),
            Verb(
                actions.undo,
                "annuler",
                url_name="import_undo",
                can=rules.can_import,
                effects=pages.effects_of_undo,
                done=kind.undo_done,
            ),
        ),
    )


def load(kind: str, request: Request, pk: int) -> Any:
    """Return the imported file `pk` of a kind; raise Http404 if the actor may not see it."""
    visible = kind_named(kind).model._default_manager.visible_to(request.actor)  # type: ignore[attr-defined]
    return get_object_or_404(visible, pk=pk)


def imports(request: Request, kind: str) -> HttpResponse:
    """List the imported files, the latest first."""
    declared = kind_named(kind)
    batches = declared.model._default_manager.visible_to(request.actor)  # type: ignore[attr-defined]
    rows = Paginator(batches, 30).get_page(request.GET.get("page"))
    context = {
        "rows": [(row, pages.home_of(request.actor, row)) for row in rows],
        "page": rows,
        "columns": ["Fichier", declared.sort_label, "État", "Le"],
        "upload": pages.url_of(declared, request.actor, "import"),
    }
    return render_page(request, f"{declared.templates}/imports.html", context)


def columns(request: Request, kind: str, pk: int) -> HttpResponse:
    """Show the first rows of the file and a form that maps each column to a field; then read it."""
    batch = _batch_of(request, kind, pk)
    form = ColumnsForm(request.POST or None, subject=batch)

    def save() -> None:
        actions.read(
            batch, by=request.actor, mapping=form.mapping, expected_version=form.expected_version
        )

    if submit(request, form, save):
        return done_redirect(request, pages.home_of(request.actor, batch), READ_DONE)
    headings = [column["name"] for column in batch.columns]
    context = {
        "form": form,
        "batch": batch,
        "headings": headings,
        "preview": [list(zip(headings, row, strict=False)) for row in batch.preview],
        "urls": pages.urls_of(batch, request.actor),
    }
    return render_page(request, f"{kind_of(batch).templates}/columns.html", context)


def imported_file(request: Request, kind: str, pk: int, verb_pages: VerbPages) -> HttpResponse:
    """Show the progress of an import, its lines as they were read, and the possible actions."""
    batch, slug = _batch_of(request, kind, pk), request.GET.get("voir", "")
    declared = kind_of(batch)
    progress = selectors.progress_of(batch)
    lines = Paginator(selectors.lines_of(batch, slug), 20).get_page(request.GET.get("page"))
    context = {
        "batch": batch,
        "progress": progress,
        "lines": lines,
        "rows": [(line, declared.facts_of(batch, line)) for line in lines],
        "filters": declared.filters,
        "kind": slug,
        "line_page": f"{declared.namespace}:{request.actor.role}_import_line",
        "verbs": pages.buttons_of(verb_pages, request.actor, batch, progress),
        "may_change_columns": batch.columns and verb_pages.offers("read", request.actor, batch),
        "urls": pages.urls_of(batch, request.actor),
    }
    return render_page(request, f"{declared.templates}/file.html", context)


@require_POST
def stop(request: Request, kind: str, pk: int) -> HttpResponse:
    """Ask the running job to stop after its current chunk of lines."""
    batch = _batch_of(request, kind, pk)
    run_once(request, lambda: actions.stop(batch, by=request.actor))
    home = pages.home_of(request.actor, batch)
    return done_redirect(request, home, "L’arrêt est demandé. Vous pourrez reprendre.")


@require_POST
def keep(request: Request, kind: str, pk: int) -> HttpResponse:
    """Save whether a line is to be imported although it is a likely duplicate."""
    declared = kind_named(kind)
    own = declared.model._default_manager.visible_to(request.actor)  # type: ignore[attr-defined]
    lines: Any = declared.line_model._default_manager
    own_lines = lines.filter(batch__in=own).select_related("batch")
    line = get_object_or_404(own_lines, pk=pk)
    require(rules.can_import(request.actor, line.batch))
    wanted = "oui" in request.POST
    run_once(request, lambda: actions.keep(line, by=request.actor, wanted=wanted))
    slug = declared.filters[0].slug
    return redirect(f"{pages.home_of(request.actor, line.batch)}?voir={slug}")


def _batch_of(request: Request, kind: str, pk: int) -> Any:
    """Return the imported file `pk` if the actor may see it (else 404) and act on it (else 403)."""
    batch = load(kind, request, pk)
    require(rules.can_import(request.actor, batch))
    return batch
