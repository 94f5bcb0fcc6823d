"""What the figures show in the pages of others."""

from explor.ground.http.request import Request
from explor.ground.ui.parts import Panel

from .. import rules
from .reading import read


def for_coordination(request: Request) -> Panel | None:
    """On the home of the coordination: what the public reads today."""
    found = read(None, "")
    if found is None:
        return None
    context = {"told": rules.opening(found.figures, year=None), "at": found.at}
    return Panel(
        title="Les chiffres publics",
        template="indicators/_panel_coordination.html",
        context=context,
    )
