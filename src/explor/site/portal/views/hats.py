"""The home of each hat: what waits for it, until when."""

from collections.abc import Callable

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from explor.ground.common import slots
from explor.ground.common.hats import wear
from explor.ground.common.parts import todo_of
from explor.ground.common.request import Request
from explor.ground.common.views import page

# What a hat reads when nothing waits for it: how to begin.
BEGIN = {
    "association": "Décrivez un projet, puis un besoin : votre réseau vous répondra.",
    "expert": "Complétez votre profil : il sera proposé quand un besoin lui ressemble.",
    "employeur": "Vous lirez ici les demandes de mise à disposition de vos collègues.",
    "reseau": "Tout est à jour. Les prochaines demandes apparaîtront ici.",
    "comite": "Les dossiers à lire apparaîtront ici.",
    "coordination": "Les quatre réseaux sont à jour.",
    "financeur": "Les chiffres consolidés sont dans le menu.",
    "administration": "Rien à signaler.",
}


def home(kind: str) -> Callable[..., HttpResponseBase]:
    """The view of the home of one kind of hat."""

    @wear(kind)
    def view(request: Request) -> HttpResponse:
        context = {
            "waiting": todo_of(request.actor),
            "begin": BEGIN[kind],
            "panels": [panel for draw in slots.filled(f"home:{kind}") if (panel := draw(request))],
        }
        return page(request, "portal/hat_home.html", context)

    return view
