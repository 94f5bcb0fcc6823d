"""The page where officers see which of their sheets open data leaves out or advises to review.

They can also ask there for new files.
"""

from django.http import HttpResponse

from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.forms import BaseForm
from explor.ground.ui.submit import submit

from .. import actions, pages, rules


@role_required("reseau")
def datasets(request: Request) -> HttpResponse:
    """List the remarks on the sheets of the network that files leave out or advise to review.

    On submit, schedule a job that writes the files again.
    """
    require(rules.can_make(request.actor))
    form = BaseForm(request.POST or None)
    if submit(request, form, actions.make_soon):
        return done_redirect(request, request.path, "Les fichiers seront refaits dans une minute.")
    scope = request.actor.scope or 0
    context = {"form": form, "checks": pages.remarks_for(scope)}
    return render_page(request, "open_data/reseau_datasets.html", context)
