"""The panel of public figures on the home page of the coordination."""

from explor.ground.http.request import Request
from explor.ground.ui.parts import Panel

from .. import rules
from ..selectors import read


def for_coordination(request: Request) -> Panel | None:
    """Return the panel that sums up the public figures, with their date; None if none is stored."""
    reading = read(None, "")
    if reading is None:
        return None
    context = {"opening": rules.opening(reading.figures, year=None), "at": reading.at}
    return Panel(
        title="Les chiffres publics",
        template="indicators/_panel_coordination.html",
        context=context,
    )
