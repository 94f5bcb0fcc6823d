"""The panel on an employer's home page, with links to the pages of this package."""

from django.urls import reverse

from explor.ground.http.request import Request
from explor.ground.ui.parts import Panel


def home_panel(request: Request) -> Panel:
    """Return the panel with links to the ten lines, the calendar and the yearly impact."""
    key = request.actor.key
    pages = (
        ("En dix lignes : ce que c’est, ce que cela coûte, qui assure", "brief"),
        ("Qui part, quand : le calendrier", "calendar"),
        ("Ce que vos missions ont apporté : le bilan", "impact"),
    )
    links = [(label, reverse(f"employers:employeur_{page}", args=[key])) for label, page in pages]
    return Panel(
        title="Votre bureau", template="employers/_panel_home.html", context={"links": links}
    )
