"""View that serves the papers of a release as PDF or DOCX files, to complete and sign."""

from django.http import Http404, HttpResponse
from django.utils import timezone

from explor.ground.http.limits import COSTLY, limited
from explor.ground.http.request import Request

from .. import engine
from ..models import Release
from ..pages import papers
from .shared import load


@limited(COSTLY)
def paper(request: Request, pk: int, scheme: str, slug: str, form: str) -> HttpResponse:
    """Return a paper of a leave scheme as a file, or 404 when the actor may not read this paper.

    Args:
        scheme: the code of the scheme, in lower case.
        slug: the name of the paper, as `papers.slug_of` gives it.
        form: "pdf" or "docx".
    """
    release, code = load(request, pk), scheme.upper()
    if code not in papers.schemes_with_papers(release, _possible(release)):
        raise Http404
    offered = papers.papers_for(request.actor, release, code)
    chosen = next((each for each in offered if papers.slug_of(each) == slug), None)
    if chosen is None or form not in papers.forms_of(release, chosen):
        raise Http404
    return HttpResponse(
        papers.paper_file(release, code, chosen, form),
        content_type=papers.MIMES[form],
        headers={
            "Content-Disposition": f'attachment; filename="{slug}.{form}"',
            "Cache-Control": "private, no-store",
        },
    )


def _possible(release: Release) -> list[str]:
    """Return the codes of the leave schemes not closed today; [] once a scheme is chosen."""
    if release.scheme:
        return []
    read = engine.verdicts(release, timezone.localdate())
    return [each.code for each in read if each.verdict != "closed"]
