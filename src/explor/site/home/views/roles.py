"""The home page of each role, with its tasks and panels."""

from collections.abc import Callable

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui import hooks
from explor.ground.ui.parts import tasks_of

# Shown on the home page of a role without any task.
BEGIN = {
    "association": "Décrivez un projet, puis un besoin : votre réseau vous répondra.",
    "expert": "Complétez votre profil : il sera proposé quand un besoin lui ressemble.",
    "employeur": "Vous lirez ici les demandes d’accord pour vos collègues.",
    "reseau": "Tout est à jour. Les prochaines demandes apparaîtront ici.",
    "comite": "Les dossiers à lire apparaîtront ici.",
    "coordination": "Les réseaux sont à jour.",
    "financeur": "Les chiffres consolidés sont sur cette page.",
    "administration": "Rien à signaler.",
}


def home(kind: str) -> Callable[..., HttpResponseBase]:
    """Return the view of the home page for the role type `kind`, with tasks and panels."""

    @role_required(kind)
    def view(request: Request) -> HttpResponse:
        context = {
            "waiting": tasks_of(request.actor),
            "begin": BEGIN[kind],
            "panels": [panel for draw in hooks.get(f"home:{kind}") if (panel := draw(request))],
        }
        return render_page(request, "home/role_home.html", context)

    return view
