"""What a network's officers see of its open data before anyone takes it."""

from django.http import HttpResponse

from explor.ground.common.forms import Parsed
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, page, submit

from .. import actions, queries


@wear("reseau")
def datasets(request: Request) -> HttpResponse:
    """Which sheets are left out of the files, and why; have the files made again."""
    form = Parsed(request.POST or None)
    if submit(request, form, actions.make_soon):
        return answer(request, request.path, "Les fichiers seront refaits dans une minute.")
    scope = request.actor.scope or 0
    context = {"form": form, "checks": queries.remarks_for(scope)}
    return page(request, "datasets/reseau_datasets.html", context)
