"""What the figures show in the pages of others."""

from explor.ground.common.parts import Panel
from explor.ground.common.request import Request

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
