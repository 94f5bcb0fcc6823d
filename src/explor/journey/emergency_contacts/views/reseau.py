"""The page where an officer reads an emergency contact; each view of it is recorded."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from explor.ground.audit.views import reading
from explor.ground.http.access import require
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required

from .. import pages, rules
from ..models import EmergencyContact


@role_required("reseau")
def contact(request: Request, pk: int) -> HttpResponse:
    """Show the contact of a mission in preparation or under way, and log that it was read.

    It is logged even if the network switched the log of views off: the page tells the expert so.
    """
    visible = EmergencyContact.objects.visible_to(request.actor)
    rows = visible.select_related("mission__need", "mission__expert__person")
    instance = get_object_or_404(rows, mission=pk)
    require(rules.can_read(request.actor, instance))
    context = pages.context_of_reading(request.actor, instance)
    page = render_page(request, "emergency_contacts/reseau_contact.html", context)
    return reading(page, by=request.actor, what="emergency_contact", about=instance, always=True)
